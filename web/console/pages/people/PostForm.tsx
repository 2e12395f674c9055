// What somebody is given in an organisation: a role, and what of it he is confined to.
import { Input, Select } from 'antd';
import { useId } from 'react';
import type { Role } from '#party/api';
import { useDraft } from '../../shell/useDraft.ts';
import { useWords } from '../../words/index.ts';
import { type Place, roleAt, rolesOf } from './rolesAt.ts';

export interface Draft {
  name: string;
  partyId: string | undefined;
  role: Role;
  /** Written with commas or spaces between. */
  regions: string;
  stations: string;
  driverId: string;
}

export function PostForm({ draft, places, isNew }: { draft: Draft; places: readonly Place[]; isNew: boolean }) {
  const { t } = useWords();
  const id = useId();
  const place = places.find((it) => it.partyId === draft.partyId);
  const offered = place ? rolesOf[place.kind] : [draft.role];
  const put = useDraft(draft);
  const text = (key: 'name' | 'regions' | 'stations' | 'driverId', says: string, note?: string) => (
    <div className="field">
      <label htmlFor={`${id}-${key}`}>{says}</label>
      <Input
        id={`${id}-${key}`}
        value={draft[key]}
        maxLength={500}
        aria-describedby={note && `${id}-${key}-note`}
        onChange={(event) => put({ [key]: event.target.value })}
      />
      {note && (
        <small className="quiet" id={`${id}-${key}-note`}>
          {note}
        </small>
      )}
    </div>
  );
  return (
    <div className="form">
      {isNew && <p>{t('people.inviteSays')}</p>}
      {isNew && text('name', t('people.name'))}
      {isNew && places.length > 1 && (
        <div className="field">
          <label htmlFor={`${id}-party`}>{t('people.party')}</label>
          <Select
            id={`${id}-party`}
            showSearch={{ optionFilterProp: 'label' }}
            value={draft.partyId ?? null}
            onChange={(id) => {
              const to = places.find((it) => it.partyId === id);
              if (to) put({ partyId: to.partyId, role: roleAt(to, draft.role) });
            }}
            options={places.map((it) => ({
              value: it.partyId,
              label: `${it.partyName} · ${t(`partyKind.${it.kind}`)}`,
            }))}
          />
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-role`}>{t('people.role')}</label>
        <Select
          id={`${id}-role`}
          value={draft.role}
          onChange={(role) => put({ role })}
          options={offered.map((it) => ({ value: it, label: t(`role.${it}`) }))}
        />
      </div>
      {text('regions', t('people.regions'), t('people.regionsSay'))}
      {text('stations', t('people.stations'), t('people.stationsSay'))}
      {draft.role === 'driver' && text('driverId', t('people.driverId'))}
    </div>
  );
}

const listOf = (text: string): string[] => text.split(/[\s,，;；]+/).filter(Boolean);

/** As the server takes it: what is empty is not confined. */
export function postOf({ role, regions, stations, driverId }: Draft) {
  const [inRegions, atStations] = [listOf(regions), listOf(stations)];
  return {
    role,
    ...(inRegions.length > 0 && { regions: inRegions }),
    ...(atStations.length > 0 && { stations: atStations as never[] }),
    ...(role === 'driver' && driverId.trim() && { driverId: driverId.trim() as never }),
  };
}
