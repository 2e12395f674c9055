// Every code under which we refuse something, explained: what it means and what to do. Served at /problems/<code>.

/** HTTP status, what it means, what to do. */
type Explanation = readonly [status: number, means: string, remedy: string];

const key = 'Send `Authorization: Bearer <key>`; an administrator makes keys with `packloop key create`.';
const look = 'Look at the account’s transfers: GET /v1/ledger/accounts?holder=…';
const ours = 'This is a fault in a program: report it with the transfer’s id.';

const explanations: Readonly<Record<string, Explanation>> = {
  // of the edge
  malformed: [
    400,
    'The request does not have the form that the contract asks for.',
    'See `issues`: each names a field and what is wrong with it.',
  ],
  internal: [
    500,
    'Something broke on our side. The operator has been told.',
    'Try again with the same Idempotency-Key.',
  ],
  'no-such-page': [404, 'There is nothing at this address.', 'The addresses are listed at /docs/.'],
  'method-wrong': [405, 'This address is asked with another method.', 'The header Allow names those it has.'],
  'too-slow': [
    408,
    'The request took longer to arrive than the server waits (REQUEST_TIMEOUT_S).',
    'Send it at once, over a better line or in smaller parts.',
  ],
  'credential-missing': [401, 'This needs somebody who is signed in, or an API key.', `Sign in at /console/. ${key}`],
  'credential-wrong': [401, 'This key was never made, or has been revoked.', key],
  'vehicle-veiled': [
    403,
    'In whose vehicle a pack is leads to a person, and is not told to you.',
    'Ask by the code of the pack.',
  ],
  'permission-missing': [
    403,
    'You are not allowed to do that.',
    'Ask an administrator for a role, or a key with a scope, that has the permission which `may` names: GET /v1/me.',
  ],
  'password-due': [
    403,
    'You signed in with a one-time password.',
    'Set one of your own: POST /api/auth/change-password. Everything else works then.',
  ],
  'idempotency-key-missing': [
    400,
    'Every POST needs a key of its own, so that asking twice does it once.',
    'Send the header Idempotency-Key with any new text.',
  ],
  'idempotency-key-reused': [
    422,
    'This Idempotency-Key came before with another request.',
    'Use a new one for each new request.',
  ],
  'secret-shown-once': [
    409,
    'This was done before under the same Idempotency-Key. Its reply held a key or a password, which we do not keep.',
    'Make another key (POST /v1/keys) and revoke the lost one, or renew the password: POST /v1/stations/<id>/password.',
  ],
  'cursor-wrong': [400, 'This is not a cursor of this list.', 'Use `nextCursor` of the page before.'],

  'cross-site': [
    403,
    'A write with a session has to come from our own pages.',
    'Write from /console/, or send an API key; programs with a session send the header Origin.',
  ],
  'too-many-requests': [429, 'More was asked in a short time than one caller may.', 'Wait as `retry-after` says.'],
  'too-many-tries': [429, 'Somebody tried to sign in too often from this address.', 'Wait a minute.'],

  // of the log
  'log-closed': [503, 'The transparency log is not open in this process.', 'Ask the server that runs the network.'],
  'log-not-cosigned': [
    409,
    'Not enough witnesses have signed the newest checkpoint, so that nothing can be proven by it.',
    'Ask again in a moment. The server’s log says which witness does not sign.',
  ],
  'entry-unknown': [404, 'The record has no such entry about this.', 'GET /v1/record/<subject> lists them by `seq`.'],
  'entry-not-placed': [
    409,
    'The entry is kept, but no checkpoint that enough witnesses signed covers it yet.',
    'Ask again in a second.',
  ],
  'batch-refused': [
    422,
    'The log does not take this batch: `reason` says what does not hold, and nothing of it was taken.',
    'unknown-producer, revoked-producer: have the key admitted. out-of-order: ask GET /log/heads/<subject>, seal anew. event-hidden: send the batches before it. unsealed, bad-signature: seal anew.',
  ],
  'producer-unknown': [404, 'No producer of the log has this key.', 'GET /v1/log/producers lists them.'],
  'producer-key-wrong': [422, 'This is no key that batches are sealed with.', 'Make one: packloop log key.'],
  'producer-key-revoked': [409, 'This key was revoked; it does not come back.', 'Make another: packloop log key.'],
  'producer-is-house': [
    409,
    'This is a key or a name of the network itself.',
    'Its own key is changed by packloop log rotate.',
  ],
  'producer-from-wrong': [
    422,
    'The producer has not sealed so many events.',
    'Name one of its events, or leave `from` out.',
  ],
  'record-unknown': [404, 'The log has nothing about this, or nothing that you may see.', 'Look at how it is spelt.'],

  // of people
  'person-known': [409, 'There is an account with this email.', 'Sign in with it, and accept the invitation then.'],
  'person-unknown': [404, 'There is no such person.', '`packloop person list` shows all.'],
  'person-locked': [403, 'This account is locked.', 'An administrator can let you in again.'],
  'person-without-password': [
    409,
    'This person signs in by the service of a company and has no password here.',
    'The company gives and takes its own passwords.',
  ],
  'sign-in-locked': [
    429,
    'Too many wrong passwords were given for this account: it rests for a while, longer each time.',
    'Wait, or ask an administrator for a new password.',
  ],
  'invalid-email-or-password': [401, 'There is no account with this email and this password.', 'Look at both.'],
  'passkey-unverified': [403, 'The passkey did not make sure who holds it.', 'Unlock it with its PIN, finger or face.'],
  'password-same': [400, 'The new password is the old one.', 'Take another.'],
  'password-too-short': [400, 'A password has at least 12 characters.', 'Four words do.'],
  'account-missing': [
    400,
    'An invitation is accepted by somebody.',
    'Sign in first, or give name, email and password.',
  ],
  'invitation-void': [404, 'The invitation was used, taken back, or is over.', 'Ask for another one.'],
  'invitation-unknown': [404, 'There is no open invitation with this id.', 'GET /v1/invitations lists them.'],
  'member-known': [409, 'This person belongs to the organisation already.', 'Change the role: POST /v1/members/<id>.'],
  'member-unknown': [404, 'There is no such member within your reach.', 'GET /v1/members lists them.'],
  'member-elsewhere-too': [
    403,
    'This person belongs to another organisation as well, so the account is not yours alone.',
    'Ask the administrator of the platform.',
  ],
  'erasure-swap-open': [
    409,
    'A swap of this person is under way.',
    'End it or have it resolved (`swapId`), then ask again.',
  ],
  'erasure-pack-held': [
    409,
    'Packs of the network are in the vehicle that would be forgotten with the person.',
    'Bring `packs` back to a station, or register the vehicle with its next driver.',
  ],
  'erasure-money-open': [
    409,
    'This person has money with the network (`credit`), or owes it some (`owed`), in fen.',
    'Pay it out or collect it; whoever manages people then says `settled: true`.',
  ],
  'erasure-email-other': [422, 'The email is not that of the account that asks.', 'Write the email you sign in with.'],
  'person-alone': [403, 'An API key is nobody: only a person who is signed in has data of his own.', 'Sign in.'],
  'role-does-not-fit': [422, 'An organisation of this kind has no such role.', 'See `roles`.'],
  'post-beyond-reach': [403, 'Nobody can give more than he reaches himself.', 'Name regions or stations of your own.'],
  'driver-missing': [422, 'A member with the role driver swaps as one of the drivers.', 'Give `driverId`.'],
  'last-administrator': [409, 'The platform always has an administrator.', 'Make another one first.'],
  'locks-oneself-out': [409, 'You would lock yourself out.', 'Let another administrator do it.'],

  // of who takes part
  'key-unknown': [404, 'There is no valid key with this id.', 'GET /v1/keys lists them.'],
  'token-unknown': [404, 'Nobody registered this token.', 'Register it: POST /v1/tokens.'],
  'token-blocked': [409, 'This token is blocked.', 'The operator can lift it: POST /v1/tokens/<idToken>/status.'],
  'token-expired': [409, 'This token has expired.', 'The operator issues a new one.'],
  'reference-unknown': [422, 'The token names a driver or a vehicle that is not registered.', 'Register these first.'],
  'driver-unknown': [404, 'Nobody registered this driver.', 'Register him: POST /v1/drivers.'],
  'driver-postpaid': [409, 'This driver pays by invoice: there is no balance to top up.', 'Send him his invoice.'],
  'payment-known': [
    409,
    'A payment with this number was booked before, for another driver or with another amount.',
    'See GET /v1/ledger/accounts?holder=outside:payments; give each payment a number of its own.',
  ],
  'balance-too-high': [
    409,
    'A balance may not hold that much.',
    'Pay in less; `most` is the limit, in fen. Nothing was booked.',
  ],
  'vehicle-wrong': [
    400,
    'A vehicle has a wrong VIN or an unknown model.',
    'See `issues`. Models: GET /v1/catalogue/vehicles.',
  ],
  'party-known': [
    409,
    'This id stands for an organisation with another name or of another kind.',
    'See `name` and `kind`; register yours under an id of its own.',
  ],
  'party-unknown': [404, 'There is no such organisation, or it is not yours.', 'GET /v1/parties lists them.'],
  'platform-only': [403, 'Only the platform may do this.', 'Ask the administrator of the platform.'],
  'driver-known': [409, 'A driver with this id is registered with another organisation.', 'Take an id of your own.'],
  'vehicle-known': [409, 'This vehicle is registered with another organisation.', 'Ask the platform to hand it over.'],
  'token-known': [
    409,
    'This token is registered with another organisation.',
    'A token stands for one driver: take another.',
  ],
  'operator-unknown': [
    422,
    'The organisation that runs the station is not registered.',
    'Register it: POST /v1/parties.',
  ],

  // of what is read
  'history-missing': [
    404,
    'The map was not kept then: it is, every five minutes, for 48 hours.',
    'GET /v1/map/history/times says when.',
  ],

  'export-too-large': [
    422,
    'A sheet has at most 1,048,575 rows under its header.',
    'Narrow the filters, or take CSV or Parquet, which have no limit.',
  ],

  // of packs
  'pack-wrong': [
    400,
    'A pack cannot be registered as sent.',
    'See `issues`: a wrong code is named by the field at fault, such as `0.code.day`.',
  ],
  'pack-unknown': [404, 'Nobody registered a pack with this code.', 'Register it: POST /v1/packs.'],
  'pack-known': [
    409,
    'A pack with this code is registered already.',
    'A code stands for one pack for ever; read it: GET /v1/packs/<code>.',
  ],
  'handover-note-wrong': [
    422,
    'What was sent is no signed statement about the hand-over of this pack, or a signature in it does not fit.',
    'The text is canonical JSON of one of the statements in the contract, signed as a C2SP signed note: POST /v1/packs/<code>/handovers/draft.',
  ],
  'handover-unknown': [404, 'There is no such hand-over of this pack.', 'GET /v1/packs/<code>/handovers lists them.'],
  'handover-unsigned': [
    403,
    'A side whose signature is needed has not signed, or with a key that counts no more.',
    'Add the signature; the organisation’s key must be registered: POST /v1/title/keys.',
  ],
  'handover-self': [409, 'Both sides of this hand-over are the same.', 'Name two organisations.'],
  'handover-late': [409, 'The time in which this could be signed is over.', 'Sign a new one with a later `until`.'],
  'handover-early': [
    409,
    'It says that the pack was handed over in the future, or after the offer had lapsed.',
    'Set the clock right, and sign a new one.',
  ],
  'handover-out-of-step': [
    409,
    'Another hand-over of this pack was certified or disputed meanwhile.',
    'Read GET /v1/packs/<code>/handovers and sign again with `after` as it stands there.',
  ],
  'handover-moved': [
    409,
    'The pack was with others since it is said to have been handed over: what was signed says nothing of how it is now.',
    'Draft it anew: POST /v1/packs/<code>/handovers/draft.',
  ],
  'handover-in-vehicle': [
    409,
    'A vehicle has the pack: it is in use.',
    'Take it out at a station, or correct by hand who has it, then sign anew.',
  ],
  'handover-slot-in-use': [
    409,
    'The slot in which the pack stands charges it: what is signed of its charge would soon be wrong.',
    'Wait until no power flows, or end the charging; then draft, or deliver the same text again.',
  ],
  'handover-not-custodian': [
    409,
    'By the books the pack is not in the hands of the organisation that hands it over.',
    'Look at `custodian`: GET /v1/packs/<code>/handovers.',
  ],
  'handover-head-wrong': [
    409,
    'The text names another history of this pack than the log has, or none.',
    'Draft it anew: POST /v1/packs/<code>/handovers/draft.',
  ],
  'handover-not-receiver': [403, 'Only who was to take the pack over can dispute it.', 'Let the receiver sign.'],
  'handover-certified': [
    409,
    'Both sides have signed this already; it stands.',
    'What is otherwise now is said by a new hand-over.',
  ],
  'handover-disputed': [
    409,
    'The receiver has said that the pack is otherwise than in this offer.',
    'Agree, and sign a new one; both versions are kept.',
  ],
  'handover-not-certified': [
    409,
    'Not both sides have signed this hand-over, so there is no certificate of it.',
    'GET /v1/packs/<code>/handovers says whose signature is missing.',
  ],
  'handover-needed': [
    409,
    'The pack is with an organisation that signs, and so does the other: between them it does not move by a correction.',
    'Let both sign: POST /v1/packs/<code>/handovers/draft.',
  ],
  'title-note-wrong': [
    422,
    'What was sent is no signed statement about the title of this pack, or a signature in it does not fit.',
    'The text is canonical JSON of one of the statements in the contract, signed as a C2SP signed note.',
  ],
  'title-act-late': [409, 'The offer in this statement has lapsed.', 'Sign a new one with a later `until`.'],
  'title-out-of-step': [
    409,
    'Something about the title of this pack was signed meanwhile.',
    'Read GET /v1/packs/<code>/title and sign again with `after` as its `acts` says.',
  ],
  'title-share-short': [
    409,
    'The party does not own as much of this pack, or has pledged it already.',
    'Read GET /v1/packs/<code>/title: shares and what is pledged of them.',
  ],
  'title-pledged': [
    409,
    'The share is pledged and does not move without the holder of the lien.',
    'Have the holder sign the same statement, or release the lien first.',
  ],
  'title-unsigned': [
    403,
    'Somebody who must agree has not signed this statement.',
    'Add the signature; the organisation’s key must be registered: POST /v1/title/keys.',
  ],
  'title-self': [409, 'Both sides of this statement are the same.', 'Name two organisations.'],
  'lien-known': [409, 'There is or was a lien of this name on this pack.', 'Choose another name.'],
  'lien-unknown': [404, 'There is no such lien on this pack.', 'GET /v1/packs/<code>/title lists them.'],
  'vote-known': [409, 'There is a vote of this name on this pack.', 'Choose another name.'],
  'vote-unknown': [404, 'There is no such vote on this pack.', 'GET /v1/packs/<code>/title lists them.'],
  'vote-over': [409, 'This vote is closed, or would close before it was asked.', 'Ask the owners again.'],
  'vote-cast': [
    409,
    'This owner has voted, and a ballot is not changed.',
    'Ask the owners again if they have a new mind.',
  ],
  'period-wrong': [422, 'This period ends before it begins.', 'Send `from` and `to` as instants, in this order.'],
  'title-locked': [
    409,
    'The owners have agreed that no share of this pack moves yet.',
    'GET /v1/packs/<code>/title says until when.',
  ],
  'title-lock-long': [409, 'Shares are not locked for more than five years.', 'Choose an earlier end.'],
  'title-preempted': [
    409,
    'The other owners may take this share first.',
    'Offer it (title.offer) and wait until the offer closes, or have all of them sign the transfer.',
  ],
  'title-share-small': [
    409,
    'Somebody would be left with, or given, less than the smallest share that the owners allow.',
    'Give all, or more: GET /v1/packs/<code>/title tells the smallest share.',
  ],
  'title-buyer-not-admitted': [
    409,
    'The owners of this pack do not admit this organisation.',
    'Have them change the restriction, or find another buyer.',
  ],
  'title-committed': [
    409,
    'The owner has offered this share to the other owners, or a carried vote has sold it.',
    'Wait until the offer closes; what a vote has sold is free again when nobody carries it out within 30 days.',
  ],
  'title-looser': [
    409,
    'This would loosen a restriction that came after the owners were asked.',
    'Ask them again: three quarters of the whole must say yes.',
  ],
  'offer-known': [409, 'There is or was an offer of this name on this pack.', 'Choose another name.'],
  'offer-unknown': [404, 'There is no such offer on this pack.', 'GET /v1/packs/<code>/title lists them.'],
  'offer-over': [
    409,
    'This offer is closed, or less is left of it.',
    'GET /v1/packs/<code>/title tells what is left, and until when.',
  ],
  'offer-part': [
    409,
    'In the first half of its time each owner may take as much of an offer as is his by share.',
    'Take less, or wait for the second half: then whatever is left may be taken.',
  ],
  'offer-differs': [
    409,
    'The transfer is not what was offered to the other owners.',
    'Same seller, same buyer, and all that they left.',
  ],
  'offer-needless': [409, 'No owner of this pack comes before a buyer.', 'Transfer the share: title.transfer.'],
  'vote-notice': [
    409,
    'A vote that orders something is open for 90 days at most, and for 7 at least when it takes something from somebody.',
    'Choose another end.',
  ],
  'vote-not-carried': [
    409,
    'This vote orders nothing, or is not carried; with three quarters it counts when it has closed.',
    'GET /v1/packs/<code>/title tells how it stands.',
  ],
  'vote-done': [409, 'What this vote ordered was done, once.', 'Ask the owners again.'],
  'vote-lapsed': [409, 'What was carried was not done within 30 days after the vote closed.', 'Ask the owners again.'],
  'title-key-wrong': [
    422,
    'This is no key that can sign statements.',
    'Send a verifier key of type 0x01: name+id+base64.',
  ],
  'title-key-foreign': [
    403,
    'The organisation has keys of its own already.',
    'Its own administrator registers another one; if all are lost, he ends them first.',
  ],
  'title-key-known': [
    409,
    'This key is registered, or was.',
    'Make another one: a key speaks for one organisation for ever.',
  ],
  'title-key-unknown': [
    404,
    'The organisation signs with no such key.',
    'GET /v1/packs/<code>/title lists those in use.',
  ],
  'pack-is-elsewhere': [
    409,
    'A pack turned up under this code before it was registered, and by the ledger it is with another holder.',
    'Register it with the holder that `holder` names; it enters quarantined, for somebody to look at it.',
  ],
  'pack-in-swap': [
    409,
    'A swap goes on with this pack; `swapId` names it.',
    'Wait for its end, or end it: POST /v1/swaps/<id>/resolve (cancel, if no pack has moved).',
  ],
  'graded-out': [
    409,
    'The grade of this pack keeps it from vehicles; `grade` tells which. No finding by itself lifts that.',
    'Do a residual capacity test: POST /v1/packs/<code>/capacity-test.',
  ],
  'risk-stands': [
    409,
    'Early warning has stopped this pack: what it saw may burn. A finding about something else does not lift that.',
    'Look at the reasons: GET /v1/packs/<code>/risk; when the pack is well, POST /v1/packs/<code>/risk/clear.',
  ],
  'station-out-of-use': [
    409,
    'The station serves nobody now: an alarm or its operator has shut it, or it says so itself. Nothing is promised there.',
    'Take another station: GET /v1/stations/<id>/now tells why and since when. The operator opens it by ChangeAvailability Operative.',
  ],
  'runaway-stands': [
    409,
    'This pack ran away by the rule of GB 38031-2025. That it looks well now takes nothing back.',
    'When the sensor or its cable was broken, send `cause` "sensor" or "cable" with the finding; a capacity test then decides about the grade.',
  ],
  'no-risk': [
    409,
    'Nothing stands against this pack by early warning; somebody may have cleared it just now.',
    'Read it: GET /v1/packs/<code>/risk.',
  ],
  'pack-on-road': [
    409,
    'The pack is not in a station or a workshop; `holder` tells who has it.',
    'Bring it to one, or correct who has it: POST /v1/packs/<code>/place.',
  ],
  'test-under-way': [
    409,
    'A residual capacity test of this pack is under way.',
    'Go on with it or abort it: GET /v1/packs/<code>/capacity-test.',
  ],
  'test-none': [
    409,
    'No residual capacity test of this pack is under way.',
    'Begin one: POST /v1/packs/<code>/capacity-test.',
  ],
  'test-step-wrong': [
    409,
    'Another step of the residual capacity test comes next.',
    'GET /v1/packs/<code>/capacity-test tells which: `test.next`.',
  ],
  'test-limit-missed': [
    422,
    'The step was not done within its limits. Nothing was taken down.',
    '`issues` names the field and its limit: do the step again.',
  ],
  'pack-is-there': [409, 'By the books that holder has the pack already.', 'GET /v1/packs/<code> tells: `custody`.'],
  'pack-is-nowhere': [
    409,
    'By the books nobody has this pack: it left the network.',
    'A re-coded pack goes on under its successor: GET /v1/packs/<code>.',
  ],
  'passport-wrong': [
    422,
    'What was supplied for the passports of a model is not sound.',
    'See `issues`: each names the attribute and what is wrong. GET /v1/catalogue/passport-attributes has all of them.',
  ],
  'passport-not-supplier': [
    403,
    'What passports say of a model is supplied by its maker, or by the platform.',
    'Ask the maker of the model to supply it.',
  ],
  'passport-withheld': [
    403,
    'This part of a passport is for others: it would tell where the pack has been.',
    'Read the passport itself: GET /v1/packs/<code>/passport has what you may see.',
  ],
  'report-unknown': [
    404,
    'There is no report of this id, or it is not yours.',
    'List them: GET /v1/regulator/reports.',
  ],
  'report-not-rejected': [
    409,
    'Only a report that its platform rejected is corrected or withdrawn.',
    'Read its state: GET /v1/regulator/reports/<id>. One that waits is sent by itself.',
  ],
  'report-field-unknown': [
    422,
    'The platform takes no such field with this kind of report.',
    'See which it takes: GET /v1/regulator/profiles.',
  ],
  'receiver-unlicensed': [
    403,
    'Who would get the pack has no licence in force for what it would be given for.',
    'See licences: GET /v1/licences. The authority and the platform register them: POST /v1/licences.',
  ],
  'licence-not-yours': [403, 'Only the authority and the platform register and revoke licences.', 'Ask them.'],
  'licence-wrong': [422, 'A licence ends after it begins.', 'Correct `fromAt` and `untilAt`.'],
  'licence-unknown': [404, 'There is no licence of this id in force.', 'List them: GET /v1/licences.'],
  'pack-is-lost': [
    409,
    'Somebody called this pack lost, and nobody has said that it was found.',
    'Say where it was found: POST /v1/packs/<code>/found. Then it can be cleared.',
  ],
  'pack-not-lost': [409, 'Nobody called this pack lost.', 'See which are: GET /v1/missing-packs.'],
  'passport-unknown': [
    404,
    'No battery has its passport at this address.',
    'Scan the code again, or type the code of the battery: /p/<code>.',
  ],
  'pack-has-successor': [
    409,
    'The pack was re-coded for second use already.',
    'Go on with its successor: GET /v1/packs/<code>.',
  ],
  'pack-not-at-station': [
    409,
    'The pack is not in a station, where it could be taken out of use.',
    'Bring it to one first.',
  ],
  'code-not-recodable': [
    422,
    'This code has no second-use form: it is one already, or would be too long with its "-R-" (GB/T 45565-2025).',
    'See `field`. Register a new product under its own code.',
  ],
  'packs-missing': [400, 'The question names no packs.', 'Give `packs` (registered ones) or `packModelId`.'],
  'title-incomplete': [
    400,
    'The shares in a pack do not add up to the whole.',
    'They are millionths and add up to 1,000,000.',
  ],
  'holder-unknown': [422, 'Nobody of this name can hold a pack.', 'Register the station, vehicle or party first.'],
  'model-unknown': [422, 'The catalogue has no such model.', 'See GET /v1/catalogue/packs and /v1/catalogue/vehicles.'],
  'preset-unknown': [422, 'The catalogue has no such kind of station.', 'See GET /v1/catalogue/stations.'],
  'bay-unknown': [422, 'This kind of station has no such bay.', 'Bays count from 1.'],

  // of stations
  'station-unknown': [404, 'There is no such station.', 'GET /v1/stations lists them.'],
  'station-known': [
    409,
    'A station with this id is registered already.',
    'A new password: POST /v1/stations/<id>/password.',
  ],
  'slot-unknown': [
    422,
    'The station has no slot of this number.',
    'Slots count from 1; GET /v1/stations/<id> lists them.',
  ],
  'pack-not-here': [422, 'By the books the pack is somewhere else.', 'GET /v1/packs/<code> tells where: `custody`.'],
  'time-zone-unknown': [400, 'This is no IANA time zone.', 'Such as Asia/Shanghai.'],
  'action-unknown': [
    422,
    'This is not something we ask of stations.',
    'See the contract of POST /v1/stations/<id>/commands.',
  ],
  'command-malformed': [400, 'The payload is no valid OCPP 2.1 request.', 'See `issues`.'],

  // of swaps
  'swap-unknown': [404, 'There is no such swap.', 'GET /v1/swaps lists them.'],
  'pack-filter': [
    403,
    'In which swaps a pack was is not for everybody.',
    'Ask as somebody who may see swaps, or leave the filter out.',
  ],
  'person-filter': [
    403,
    'Swaps of one driver or vehicle are personal data.',
    'Ask as somebody who may see people, or leave the filter out.',
  ],
  'swap-has-begun': [
    409,
    'A pack has moved already.',
    'Finish the swap at the station, or end it: POST /v1/swaps/<id>/resolve.',
  ],
  'swap-has-not-begun': [409, 'No pack has moved yet.', 'Cancel the swap: POST /v1/swaps/<id>/cancel.'],
  'swap-has-ended': [409, 'The swap has ended already; `state` says how.', 'See GET /v1/swaps/<id>.'],
  'swap-is-paid': [409, 'The swap is settled and paid.', 'It can only be released: `"how": "release"`.'],
  'swap-elsewhere': [
    409,
    'A swap of this driver at another station is not finished.',
    'Finish it there, or ask its operator.',
  ],
  'reserved-elsewhere': [
    409,
    'A pack is reserved for this driver at another station.',
    'Cancel that first: POST /v1/swaps/<id>/cancel.',
  ],
  'arrival-out-of-range': [422, 'The time of arrival is past, or too far ahead.', 'Reserve for a time soon to come.'],
  'no-pack-to-return': [
    409,
    'By the books this vehicle holds no pack.',
    'Register the pack that it has: POST /v1/packs.',
  ],
  'packs-out-of-step': [
    409,
    'By the books the vehicle has more packs than it takes: some of them are elsewhere.',
    'The operator corrects where they are: POST /v1/packs/<code>/place.',
  ],
  'no-pack': [409, 'No pack stands free in the station.', 'Try another station, or later.'],
  'not-entitled': [409, 'None of the packs there is of a model that the driver brings.', 'Try another station.'],
  'all-denied': [
    409,
    'A rule forbids every pack that stands there.',
    'POST /v1/compatibility/check names the clauses.',
  ],
  'not-served': [
    409,
    'The station cannot serve this kind of vehicle.',
    'POST /v1/compatibility/check names the clauses.',
  ],
  'no-matched-set': [
    409,
    'There are packs, but no set of them that matches.',
    'Try again when more of them are charged.',
  ],
  'too-little': [
    409,
    'No pack there holds as much as the driver was promised.',
    'Try again when they are charged, or at another station.',
  ],
  'not-authorised': [409, 'The driver may not swap here now.', 'The sentence says why.'],
  'balance-too-low': [
    409,
    'The driver’s balance does not cover what the swap can cost at the most.',
    'Top it up: POST /v1/drivers/<id>/top-ups.',
  ],

  // of what anybody may ask
  'pack-code-malformed': [
    400,
    'This is no code of a pack.',
    'Type what stands under the QR code: letters, digits and dashes.',
  ],
  'plate-not-shown': [
    404,
    'Nothing is said of this plate: nobody here has it, or its keeper has not allowed it. Which of the two is not said.',
    'Ask the keeper: he allows it on his page of the console, and it is answered from the next day on. Or ask by code.',
  ],
  'consent-not-keeper': [
    403,
    'Only the driver whose valid card opens a vehicle allows anybody to ask about it.',
    'Sign in as this driver.',
  ],
  'consent-too-long': [
    422,
    'A consent ends in the future, within 366 days.',
    'Choose another day; it can be given again.',
  ],
  'status-list-full': [
    409,
    'The list in which credentials are revoked has no place left.',
    'Credentials that are over keep theirs: begin a list of another issuer key.',
  ],
  'consent-unknown': [404, 'You have no such consent that stands.', 'GET /v1/consents lists yours.'],

  // of the books
  'account-unknown': [404, 'There is no such account.', 'Accounts are opened by the first transfer that names them.'],
  'transfer-unknown': [404, 'There is no such transfer.', 'Encode its id in the address: / as %2F.'],
  'account-has-pending': [409, 'The account has open promises.', 'Post or void them first.'],
  'account-closed': [409, 'The account was closed.', look],
  'exceeds-balance': [409, 'The account has less to give than that; what is promised already does not count.', look],
  'exceeds-bound': [409, 'The account may not take that much.', look],
  'amount-not-whole': [409, 'Amounts are whole and more than 0.', ours],
  'too-large': [409, 'The total would no longer be an exact number.', ours],
  'accounts-same': [409, 'A transfer needs two different accounts.', ours],
  'accounts-differ-in-unit': [409, 'A transfer moves one unit of one asset.', ours],
  'id-reserved': [409, 'Ids of this form are kept for promises that expire.', ours],
  'id-used-for-another-transfer': [409, 'This id stands for another transfer.', ours],
  'pending-unknown': [409, 'There is no such promise.', ours],
  'not-a-pending-transfer': [409, 'Only a pending transfer can be posted or voided.', ours],
  'pending-already-posted': [409, 'The promise has been kept already.', look],
  'pending-already-voided': [409, 'The promise has been taken back already.', look],
  'pending-expired': [409, 'The promise is over.', look],
  'exceeds-pending-amount': [409, 'More than was promised.', look],
  'never-audited': [404, 'Nobody has checked the books yet.', 'POST /v1/audit checks them now.'],
};

export function explainProblem(code: string) {
  if (!Object.hasOwn(explanations, code)) return undefined;
  const [status, means, remedy] = explanations[code]!;
  return { code, status, means, remedy };
}
