// What an administrator does about people: invite, give another role, a new one-time password, lock out, remove.
import { memberApi, partyApi } from '#party/api';
import { useRead } from '../../api/read.ts';
import { useSession } from '../../session/hooks.ts';
import { Secret } from '../../shell/Secret.tsx';
import { useAct } from '../../shell/useAct.tsx';
import { useWords } from '../../words/index.ts';
import type { Member } from './People.tsx';
import { type Draft, PostForm, postOf } from './PostForm.tsx';
import { type Place, roleAt } from './rolesAt.ts';

export function useMemberActs() {
  const { t } = useWords();
  const act = useAct();
  const { me } = useSession();
  const { data } = useRead(partyApi.parties);
  const places: readonly Place[] =
    data?.items.map((it) => ({ partyId: it.id, partyName: it.name, kind: it.kind })) ?? [];

  const invite = () => {
    // Whoever invites most often means the organisation that he acts for.
    const own = me?.memberships.find((it) => it.id === me.acting)?.partyId;
    const place = places.find((it) => it.partyId === own) ?? places[0];
    const draft: Draft = {
      name: '',
      partyId: place?.partyId,
      role: place ? roleAt(place, 'dispatcher') : 'auditor',
      regions: '',
      stations: '',
      driverId: '',
    };
    return void act({
      title: t('people.invite'),
      says: <PostForm draft={draft} places={places} isNew />,
      route: memberApi.invite,
      ask: () => ({
        body: {
          ...postOf(draft),
          ...(draft.partyId && { partyId: draft.partyId as never }),
          ...(draft.name.trim() && { name: draft.name.trim() }),
        },
      }),
      verb: t('people.invite'),
      done: (it) => <Secret what={t('people.link')} value={new URL(it.path, location.origin).href} />,
    });
  };
  const change = (it: Member) => {
    const draft: Draft = {
      name: it.name,
      partyId: it.partyId,
      role: it.role,
      regions: it.regions?.join(', ') ?? '',
      stations: it.stations?.join(', ') ?? '',
      driverId: it.driverId ?? '',
    };
    return void act({
      title: t('people.changeOf', { name: it.name }),
      says: <PostForm draft={draft} places={places} isNew={false} />,
      route: memberApi.changeMember,
      ask: () => ({ params: { id: it.id }, body: postOf(draft) }),
      verb: t('people.save'),
    });
  };
  const reset = (it: Member) =>
    void act({
      title: t('people.resetOf', { name: it.name }),
      says: t('people.resetSays'),
      route: memberApi.resetPassword,
      ask: { params: { id: it.id } },
      danger: true,
      verb: t('people.reset'),
      done: (made) => <Secret what={`${made.email} · ${t('people.oneTime')}`} value={made.password} />,
    });
  const lock = (it: Member) =>
    void act({
      title: t(it.lockedAt ? 'people.unlockOf' : 'people.lockOf', { name: it.name }),
      says: t(it.lockedAt ? 'people.unlockSays' : 'people.lockSays'),
      route: memberApi.lockMember,
      ask: { params: { id: it.id }, body: { locked: !it.lockedAt } },
      ...(!it.lockedAt && { danger: true as const }),
    });
  const remove = (it: Member) =>
    void act({
      title: t('people.removeOf', { name: it.name, party: it.partyName }),
      says: t('people.removeSays'),
      route: memberApi.removeMember,
      ask: { params: { id: it.id } },
      danger: true,
      verb: t('people.remove'),
    });
  /** Whoever invites says into which organisation: there is nothing to choose from before they are known. */
  const canInvite = places.length > 0;
  return { invite, canInvite, change, reset, lock, remove };
}
