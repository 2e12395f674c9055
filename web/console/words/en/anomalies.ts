export const anomalies = {
  title: 'Anomalies',
  note: 'What an operator should look at, grouped by what happened and where.',
  within: 'Of the last',
  hours: '{{n}} h',
  days: '{{n}} days',
  what: 'What happened',
  station: 'Station',
  elsewhere: 'no station of ours',
  times: 'How often',
  timesMany: '{{many}}×',
  since: 'Since',
  last: 'Last',
  weight: 'Weight',
  is: { act: 'act now', look: 'look at it', know: 'good to know' },
  sentence: 'In the server’s words',
  remedy: 'What to do',
  lines: 'When it happened',
  line: '{{from}} to {{to}}',
  facts: 'Facts',
  links: 'About',
  swap: 'Swap {{id}}',
  pack: 'Pack {{code}}',
  noFacts: 'Facts are shown only to those who are signed in.',
  empty: 'Nothing to look at.',
  more: 'The newest {{many}} lines are shown; take a shorter time to see all of it.',
  close: 'Close',
  kind: {
    'bad-credentials': {
      title: 'Wrong credentials',
      remedy:
        'A station showed a wrong name, password or certificate and was turned away. Compare what is set at the station; give it a new password if it is lost. If it is no station of yours, somebody is trying: block the address.',
    },
    'unknown-station': {
      title: 'Unknown station',
      remedy:
        'Something wants to connect under a name that nobody registered. Register the station, or correct the address it uses.',
    },
    'wrong-profile': {
      title: 'Wrong security profile',
      remedy:
        'The station came with another security profile than it is registered for. Set it to the same, with TLS for profiles 2 and 3.',
    },
    'admission-void': {
      title: 'Disconnected: credentials are void',
      remedy:
        'Its password was renewed or its registration ended. Set the new password at the station; it connects again by itself.',
    },
    unreadable: {
      title: 'Unreadable message',
      remedy: 'The station sent something that is no OCPP-J frame. Tell its vendor, with the message in the facts.',
    },
    oversized: {
      title: 'Message too long',
      remedy: 'The station sends more than we take in one message. Its vendor has to split it.',
    },
    'bad-socket': {
      title: 'Broken WebSocket',
      remedy: 'What came was no text or no WebSocket. Look at proxies between the station and us, then at its vendor.',
    },
    'rate-limit': {
      title: 'Messages slowed down',
      remedy: 'The station sends faster than agreed; messages were refused for a while. If it goes on, ask its vendor.',
    },
    flood: {
      title: 'Too many messages',
      remedy:
        'The station would not slow down and was hung up on. It comes back by itself; if this repeats, its program runs in circles: restart it, tell its vendor.',
    },
    'late-answer': {
      title: 'Answer came too late',
      remedy:
        'The station answered after we had stopped waiting. Look at its network; the command’s history says what was tried again.',
    },
    'unknown-answer': {
      title: 'Answer to nothing',
      remedy: 'The station answered something we never asked, often after a restart. If it repeats, tell its vendor.',
    },
    'bad-answer': {
      title: 'Answer does not fit',
      remedy: 'The station’s answer breaks the OCPP schema and was not used. Tell its vendor, with the facts.',
    },
    'answer-refused': {
      title: 'Our answer was not understood',
      remedy: 'The station could not use what we answered. Compare versions of OCPP; report it with the message.',
    },
    crash: {
      title: 'Error on our side',
      remedy:
        'One of its messages broke something here. The station sends it again; report this with the log of the server.',
    },
    refused: {
      title: 'Message refused',
      remedy:
        'What the station said does not fit OCPP or the books, and was not taken. The sentence names the field; its vendor has to mend it.',
    },
    unsupported: {
      title: 'Not supported',
      remedy: 'The station uses a message that we do not know. Nothing is lost; if you need it, ask for it.',
    },
    'many-lines': {
      title: 'Many lines at once',
      remedy: 'More went wrong than can be written down singly. Look at the network and the server’s log first.',
    },
    'security-event': {
      title: 'Security event',
      remedy:
        'The station reports an event that OCPP calls critical. Treat it as tampering until somebody has looked at the station.',
    },
    firmware: {
      title: 'Firmware update failed',
      remedy:
        'The station runs its old firmware. Look at the address and the signature of the update, then try again when it is idle.',
    },
    'log-upload': {
      title: 'Log upload failed',
      remedy: 'The station could not deliver its log. Check the address it was given and its network.',
    },
    'register-backwards': {
      title: 'Energy register ran backwards',
      remedy:
        'A meter told less than before. Energy is booked from the highest value only; have the meter of this slot checked.',
    },
    'transaction-again': {
      title: 'Transaction number used again',
      remedy:
        'The station began another charging under a number that had ended. Both are booked; tell the maker of its firmware.',
    },
    'transaction-unclear': {
      title: 'Charging old or new',
      remedy:
        'A charging began under a number that had just ended: it was left aside as an old message. Compare the register of the slot with what was booked.',
    },
    'events-missing': {
      title: 'Charging events missing',
      remedy:
        'A charging ended and some of its messages never came. The energy is booked by the register; nothing to do unless it repeats.',
    },
    'unknown-slot': {
      title: 'Charging in an unknown slot',
      remedy: 'The station charges in a slot that its preset does not have. Compare the preset with the real station.',
    },
    'swap-step-unknown': {
      title: 'Unknown swap step',
      remedy:
        'The station reports a step or check that we do not know; it was not used. Compare its firmware with our extension.',
    },
    'swap-unknown': {
      title: 'Report about an unknown swap',
      remedy:
        'The station tells of a swap that is not under way, often after it was offline. Compare its log with the list of swaps.',
    },
    'orphan-pack': {
      title: 'Driver without a pack',
      remedy:
        'A pack came in and none went out: the driver stands there. Call the station; hand out a pack by hand or give the old one back.',
    },
    'thermal-runaway': {
      title: 'Thermal runaway',
      remedy:
        'A pack runs away in its slot. Its station was told to stop charging, shut the slot and call the fire system: see in the station’s commands whether it did. Keep people away, call the fire service, look at the packs beside it.',
    },
    'log-contradicted': {
      title: 'A witness remembers another history of our log',
      remedy:
        'This is evidence, not an outage: the log that we show now does not lead on from what was signed before. Find out whether the database was set back to a backup or changed. Keep database and witness as they are; until it is cleared no checkpoint is cosigned.',
    },
    'witness-silent': {
      title: 'A witness does not sign',
      remedy:
        'The log goes on; what is published is the newest checkpoint that enough have signed. Ask whoever runs the witness; look at its address in LOG_POLICY.',
    },
    'chain-differs': {
      title: 'The chain knows another history of the log',
      remedy:
        'Keep both: they prove that two histories were shown. Find out whether our database was set back to a backup; nothing is anchored until they agree.',
    },
    'station-out-of-use': {
      title: 'Station out of use',
      remedy:
        'It is promised to nobody, and reservations there were cancelled. When it is safe, open it again on its page: Commands, “Change availability”, Operative, the whole station. One that said so itself opens by its own report, too.',
    },
    'reservation-cancelled': {
      title: 'Reservation cancelled',
      remedy:
        'The station went out of use before the driver came. His money and the pack are free again; send him to another station.',
    },
    'pack-stopped': {
      title: 'Early warning stopped a pack',
      remedy:
        'What its cells showed can burn. It is in quarantine. Have it taken out and looked at; its page tells which cell, and why. When it is well, clear the risk there.',
    },
    'pack-suspect': {
      title: 'Early warning: look at a pack',
      remedy:
        'Something of this pack is not as it was; its page tells what. It is still handed out. Have somebody look at it at the next chance, and clear the risk there.',
    },
    'pack-missing': {
      title: 'A pack is not where it should be',
      remedy:
        'Have somebody look where the books have it. When it is nowhere, call it lost on the page Reports; it is given to nobody then, and alarmed wherever it is seen again.',
    },
    'handover-disputed': {
      title: 'A pack is not taken over as it was offered',
      remedy:
        'Both versions stand on the page of the pack, under Hand-overs. It stays with who has it until both sign a new one; let both look at the pack together.',
    },
    'lost-pack-seen': {
      title: 'A lost pack is seen again',
      remedy:
        'It is kept back. Have somebody look at it and ask who brought it; then say on the page Reports that it was found.',
    },
    'report-late': {
      title: 'Reports to a public platform are late',
      remedy:
        'The page Reports tells why: the platform does not answer, or has rejected them. Correct what was rejected.',
    },
    'probe-broken': {
      title: 'A thermometer of a pack is broken',
      remedy:
        'It reads what no thermometer can: a wire is open or short. The reading was left out. Have the probe, its cable and its plug looked at; until then the pack is watched by the others only.',
    },
    'probes-differ': {
      title: 'Other thermometers are told than before',
      remedy:
        'The station tells of another number of thermometers of this pack than before. Each number is followed by itself. Look at the pack’s harness and the station’s reader.',
    },
    'cells-differ': {
      title: 'Other cells are told than the pack has',
      remedy:
        'The voltages told do not fit the pack’s model: nobody knows which cell is which, so they were left out. Look at the station’s reader, and whether the pack is the one in the books.',
    },
    'sample-wrong': {
      title: 'A sample of a pack cannot be',
      remedy: 'Voltages or temperatures told of this pack cannot be. They were left out. Look at the station’s reader.',
    },
    'pack-fades': {
      title: 'A pack fades fast',
      remedy:
        'It loses more with each charge than its kind does, or has begun to lose faster and faster. Have its capacity tested; look at the other packs of its batch; think of storage for it.',
    },
    'pack-not-returned': {
      title: 'Pack not returned',
      remedy: 'A pack went out and none came in. Call the driver; the pack is in the vehicle’s custody by the books.',
    },
    'checks-not-told': {
      title: 'Safety checks not told',
      remedy:
        'The packs were exchanged and the station never told how the checks went. The vehicle must not leave before somebody has checked it.',
    },
    'check-failed-late': {
      title: 'Safety check failed late',
      remedy:
        'A check failed after the swap was settled: the vehicle may be on the road. Call the driver to a station.',
    },
    'check-failed': {
      title: 'Safety check failed',
      remedy:
        'A measured value is outside its limit. The vehicle is not released until the check passes: have it mended and measured again.',
    },
    'released-against-block': {
      title: 'Left against our block',
      remedy:
        'The station let the vehicle go although it was not released. Stop the vehicle, and look at the station’s program.',
    },
    'release-blocked': {
      title: 'Release blocked',
      remedy:
        'The vehicle stands in the bay because a check failed or a forbidden pack went out. A technician mends it; the check is then measured again.',
    },
    'release-not-told': {
      title: 'Leaving not told',
      remedy:
        'The station never told that the vehicle left; after half an hour it is taken to have left. Nothing to do unless it repeats.',
    },
    'swap-aborted': {
      title: 'Station gave up',
      remedy:
        'The station ended the swap by itself. If a pack had moved, look where both packs are; its reason stands in the sentence.',
    },
    aborted: {
      title: 'Station gave up',
      remedy:
        'The station ended the swap by itself. If a pack had moved, look where both packs are; its reason stands in the sentence.',
    },
    unannounced: {
      title: 'Swap without asking',
      remedy:
        'The station swapped without our permission, often while it was offline. It is booked; check that the driver may swap.',
    },
    'pack-counter-strange': {
      title: 'Pack counter cannot be right',
      remedy:
        'A counter that the pack keeps itself (minutes too hot or cold, deep discharges) fell or grew faster than time. It was not taken: have its electronics read out.',
    },
    'pack-unknown': {
      title: 'Unregistered pack',
      remedy: 'A pack turned up that nobody registered; it is not handed out. Read its plate, then register it.',
    },
    'pack-already-here': {
      title: 'Pack was here already',
      remedy:
        'A pack came in that by the books never left. Compare the slots with the books: take stock of the station.',
    },
    'pack-in-two-places': {
      title: 'Pack in two places',
      remedy: 'One code turned up at two stations: copied or misread. The pack is in quarantine; read both plates.',
    },
    'pack-from-elsewhere': {
      title: 'Pack of another vehicle',
      remedy:
        'The pack came with another vehicle than the one that holds it by the books. It is booked as it is; ask the drivers if it matters.',
    },
    'pack-not-here': {
      title: 'Pack was not here by the books',
      remedy: 'A pack went out that by the books was elsewhere. Take stock of both stations.',
    },
    'pack-from-another-slot': {
      title: 'Pack from another slot',
      remedy: 'The pack stood in another slot than the station said. Take stock of the station if it repeats.',
    },
    'slot-was-taken': {
      title: 'Slot was taken',
      remedy:
        'A pack came into a slot where by the books another one stands. Look into the slot; take stock of the station.',
    },
    'slot-unknown': {
      title: 'No such slot',
      remedy: 'The station names a slot that its preset does not have. Compare the preset with the real station.',
    },
    'token-not-valid': {
      title: 'Token no longer valid',
      remedy:
        'The token was blocked or expired after the driver had asked; what was set aside is free again. If that was a mistake, lift the block and let him ask anew.',
    },
    'extra-pack-given': {
      title: 'A pack too many went out',
      remedy:
        'More packs went out than were set aside. They are booked and billed with the swap; ask the driver to bring back what he did not mean to take.',
    },
    'packs-not-taken': {
      title: 'Packs not taken',
      remedy: 'Fewer packs went out than came in. The driver may stand there short of a pack: call the station.',
    },
    'ended-by-itself': {
      title: 'Stuck swap ended by itself',
      remedy:
        'Nobody resolved the swap for a day, so it ended: what moved is booked and billed. Check that the vehicle and its packs are where the books say.',
    },
    'number-reused': {
      title: 'Request number used again',
      remedy:
        'The station uses a number again that belongs to another swap, often after a restart. The older swap goes on without a number; look at both.',
    },
    'numbers-differ': {
      title: 'Not as many out as in',
      remedy:
        'The driver took more or fewer packs than he brought. It is booked as it went; settle the difference with him.',
    },
    'pack-recoded': {
      title: 'Pack with an old label',
      remedy:
        'The station named a pack by the code that it had before its second use; it is booked under its new one. Change its label, and keep it out of vehicles.',
    },
    'promise-withdrawn': {
      title: 'Reservation moved to another pack',
      remedy:
        'A pack that was set aside must not or cannot go out any more. Another one is chosen when the driver comes; nothing to do if there is one.',
    },
    'clock-wrong': {
      title: 'Station clock is wrong',
      remedy: 'What the station dates is booked by our clock. Set its clock or its time server.',
    },
    resolved: {
      title: 'Resolved by hand',
      remedy: 'Somebody ended this swap; who and why stands in the record. Nothing to do.',
    },
    'promise-judged-again': {
      title: 'Reserved pack judged anew',
      remedy:
        'When the driver came, the pack that was set aside could not go out any more. He gets another one, or was told why there is none; the sentence says which.',
    },
    'meter-impossible': {
      title: 'Impossible meter reading',
      remedy:
        'A meter told what no meter can show, or more than its slot can draw. The reading was set aside; have the meter of this slot checked.',
    },
    'told-in-reverse': {
      title: 'Told in reverse order',
      remedy:
        'The station told the later of two swaps first, as after being offline. Both are booked in the right order; nothing to do unless it repeats.',
    },
    'forbidden-pack-given': {
      title: 'Forbidden pack handed out',
      remedy: 'A pack that must not be on the road went out. Stop the vehicle: the driver brings it back to a station.',
    },
    'promise-broken': {
      title: 'Reserved pack given away',
      remedy:
        'A pack that was set aside went to another driver. The one who reserved gets another if there is one: call him.',
    },
    'less-than-promised': {
      title: 'Less energy than promised',
      remedy:
        'The driver got a pack with less energy than was promised. The bill counts only what was in it; consider a credit.',
    },
  },
};
