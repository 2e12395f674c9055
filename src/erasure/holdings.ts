// Every column in which text can stand, and what becomes of it when a person is erased. A test holds that none is missing, so
// whoever adds a column decides here.

/**
 * `goes`: with its row, or is emptied. `searched`: what leads to the person is replaced, the rest stays. `pseudonym`: a random id
 * that leads nowhere once the person is gone. `not`: says nothing of a person.
 */
export type Verdict = 'goes' | 'searched' | 'pseudonym' | 'not';

type Columns = Readonly<Partial<Record<Verdict, string>>>;

/** By table; the columns with a space between them. */
export const holdings: Readonly<Record<string, Columns>> = {
  // Who somebody is: the rows go, and with the account its sessions, passwords, passkeys, second factor and links.
  'account.user': { goes: 'id name email image' },
  'account.session': { goes: 'id token ipAddress userAgent userId actingFor' },
  'account.account': {
    goes: 'id accountId providerId userId accessToken refreshToken idToken scope password',
  },
  'account.verification': { goes: 'id identifier value' },
  'account.twoFactor': { goes: 'id secret backupCodes userId' },
  'account.passkey': { goes: 'id name publicKey userId credentialID deviceType transports aaguid' },
  'party.driver': { goes: 'id name party_id payment' },
  'party.token': { goes: 'id_token type driver_id vin status' },
  // One that others drive as well, or that is a fleet's, stays.
  'party.vehicle': { goes: 'vin model_id plate firmware party_id' },
  'party.last_seen': { goes: 'person_id' },
  'party.sign_in_failure': { goes: 'digest' },
  'party.membership': { goes: 'person_id party_id role regions stations driver_id via', pseudonym: 'made_by' },
  'party.invitation': {
    goes: 'name driver_id accepted_by',
    pseudonym: 'made_by',
    not: 'digest party_id role regions stations',
  },
  'enquiry.consent': { goes: 'vin driver_id' },
  'enquiry.plate_answer': { goes: 'vin code body' },
  'record.person_key': { goes: 'person key' },
  'record.sealed': { goes: 'digest sealed' },

  // What must stay, for the books, for tax law or for the next technician: without what leads to the person.
  'swap.swap': { searched: 'id_token vin body', not: 'station_id state' },
  'ledger.account': { searched: 'holder', not: 'unit asset bound' },
  'ledger.keeper': { searched: 'holder giver', not: 'asset' },
  // The number of a payment stays: it is the proof for tax law, and names a booking of whoever took the money.
  'ledger.transfer': { pseudonym: 'reason', not: 'id kind pending_id link' },
  'record.entry': { searched: 'body', not: 'subject type personal kept' },
  'ocpp.message': { searched: 'raw answer error', not: 'station_id message_id direction action' },
  'station.command': { searched: 'payload answer error', pseudonym: 'asked_by', not: 'station_id action state' },
  'station.anomaly': { searched: 'about sentence facts', not: 'station_id kind' },
  'kernel.trail': { searched: 'subject', pseudonym: 'caller', not: 'party_id about route outcome code request_id' },
  // A digest of the request goes with its row after two days.
  'kernel.idempotency': { searched: 'key reply', pseudonym: 'caller', not: 'fingerprint' },
  'kernel.audit': { searched: 'findings chain', pseudonym: 'asked_by' },
  'graphile_worker._private_jobs': { searched: 'payload last_error', not: 'key locked_by flags' },
  'graphile_worker._private_job_queues': { not: 'queue_name locked_by' },
  'pack.pack': { searched: 'quarantined_why', not: 'code model' },
  'pack.stranger': { searched: 'where_at', not: 'code' },
  'exchange.missing': {
    searched: 'holder place seen_place why ended_why',
    pseudonym: 'lost_by',
    not: 'pack_code station_id',
  },
  // What is sent holds no free text: it could not be taken back (docs/decisions/0046).
  'exchange.report': {
    searched: 'decided_why last_error',
    pseudonym: 'decided_by',
    not: 'platform fact kind subject station_id operator_id region message state receipt field reason',
  },
  'exchange.revision': { searched: 'why', pseudonym: 'by', not: 'message field reason' },
  'exchange.licence': { searched: 'revoked_why', pseudonym: 'entered_by', not: 'party_id scope number issued_by' },
  'health.capacity_test': { searched: 'why keeps_back steps', not: 'pack state chemistry' },
  'health.grade': { searched: 'reasons keeps_back evidence before seen', not: 'pack grade policy' },
  'health.watch': { searched: 'finding keeps_back reasons', not: 'pack_code level thresholds cause watch' },

  // What is said of packs, stations, organisations and the house.
  'enquiry.answer': { not: 'code body' },
  'enquiry.contribution': { not: 'model pace axis pack' },
  'enquiry.edition': { not: 'checkpoint' },
  // What was signed cannot be changed: it names organisations and a pack, and asks for no person (docs/decisions/0051).
  'exchange.handover': { not: 'id pack_code giver receiver note' },
  'exchange.handover_dispute': { not: 'id handover_id pack_code by_party note' },
  'exchange.looked': { not: 'what' },
  'exchange.platform': { not: 'id holes last_error' },
  'graphile_worker._private_known_crontabs': { not: 'identifier' },
  'graphile_worker._private_tasks': { not: 'identifier' },
  'health.alarm': { not: 'station_id transaction_id waiting' },
  'health.charge': { not: 'station_id transaction_id pack_code method inputs standing why known' },
  'health.grade_policy': { not: 'version body' },
  'health.resting': { not: 'kind station_id transaction_id pack_code' },
  'health.session': { not: 'pack_code station_id transaction_id session refused' },
  'insight.map_snapshot': { not: 'body' },
  'kernel.migration': { not: 'name' },
  'kernel.simulated': { not: 'what' },
  'pack.ballot': { not: 'pack_code vote_id party_id choice' },
  'pack.counters': { not: 'code station_id counters' },
  'pack.lease': { not: 'pack_code lessee' },
  'pack.lien': { not: 'pack_code id owner holder purpose' },
  'pack.offer': { not: 'pack_code id seller buyer shares takes' },
  'pack.restriction': { not: 'pack_code body' },
  'pack.succession': { not: 'original successor' },
  'pack.title_act': { not: 'id pack_code type note' },
  'pack.title_key': { not: 'key party_id' },
  'pack.vote': { not: 'pack_code id question asked_by shares proposal' },
  'party.api_key': { not: 'id name digest scopes party_id' },
  'party.party': { not: 'id name kind' },
  'passport.credential': { not: 'code why' },
  'passport.document': { not: 'model supplied_by gtin code_prefix body' },
  'passport.issue': { not: 'code original responsible frozen' },
  'record.checkpoint': { not: 'note' },
  'record.cosignature': { not: 'witness line' },
  'record.foreign_batch': { not: 'producer signature' },
  'record.foreign_event': { not: 'subject' },
  'record.head': { not: 'key subject head' },
  // Why a key was revoked is published with it, and so is about keys alone.
  'record.key_act': { pseudonym: 'asked_by', not: 'act producer vkey why' },
  'record.piece': { not: 'bytes' },
  'record.producer': { not: 'name' },
  'record.sequencer': { not: 'origin secret_mark holes' },
  'station.admission_change': { not: 'station_id' },
  'station.credential': { not: 'station_id salt hash' },
  'station.slot': { not: 'station_id state pack_code transaction_id lock' },
  'station.station': {
    not: 'id name operator_id preset_id time_zone swap_order vendor model firmware region shut_why reported_state out_of_use_why',
  },
  'station.transaction': { not: 'station_id id state charging_state stopped_reason again pack_code' },
  'station.variable': {
    not: 'station_id key component component_instance variable variable_instance attribute value',
  },
  'swap.move': { not: 'direction code' },
  'swap.promise': { not: 'code' },
};

export const searchedIn = (table: string): string[] => holdings[table]?.searched?.split(' ') ?? [];

/** Tables in which is searched, without the record: its entries keep their commitments, and so have a way of their own. */
export const searchedTables: readonly string[] = Object.keys(holdings).filter(
  (it) => it !== 'record.entry' && searchedIn(it).length > 0,
);
