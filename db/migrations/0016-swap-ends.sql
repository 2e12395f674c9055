-- Every swap ends some day: those that wait for somebody got no time until now. And what a swap's document says more.
update swap.swap set
  expires_at = case when ended_at is null then coalesce(expires_at, updated_at + interval '1 day') end,
  body = (body::jsonb || jsonb_build_object(
    'count', greatest(1, json_array_length(body->'promised'), json_array_length(body->'returned')),
    'withdrawn', '[]'::jsonb,
    'stuckAt', case when ended_at is null and state in ('blocked', 'stranded', 'unreturned') then body->>'updatedAt' end,
    'expiresAt', case when ended_at is null then coalesce(body->>'expiresAt',
      to_char((updated_at + interval '1 day') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end))::json;

-- A number stands for one swap under way at a station; of those that share one, the newest keeps it.
update swap.swap s set request_id = null, body = (s.body::jsonb || '{"requestId": null}')::json
where s.ended_at is null and s.request_id is not null and exists (
  select from swap.swap o where o.ended_at is null and o.station_id = s.station_id and o.request_id = s.request_id and o.id > s.id);
