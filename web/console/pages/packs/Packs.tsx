// All packs: what each does now, where it is and how it stands. The server filters, sorts and pages.
import { packReads } from '#insight/api';
import { packApi } from '#pack/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { queryOf } from '../../table/download.ts';
import { ExportButton } from '../../table/ExportButton.tsx';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useAsked } from '../../table/useAsked.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { type PackRow, useColumns } from './columns.tsx';
import { useCounts } from './counts.ts';
import { Facets } from './Facets.tsx';

export function Packs() {
  const { t } = useWords();
  const { count } = useFormats();
  const columns = useColumns(useModelNames());
  const [asked, ask] = useAsked(columns);
  const { now, others, eachFilter } = useCounts(asked);
  return (
    <>
      <PageHead
        title={t('packs.title')}
        note={
          now &&
          t('packs.note', {
            total: count(now.total),
            quarantined: count(now.quarantined),
            recalled: count(now.recalled),
          })
        }
      />
      <Facets counts={others} asked={asked} ask={ask} />
      <PagedTable
        name="packs"
        label={t('packs.title')}
        route={packReads.list}
        columns={columns}
        rowKey={(it: PackRow) => it.code}
        href={(it) => `/packs/${encodeURIComponent(it.code)}`}
        exportAs="packs"
        on={['swap', 'station']}
        limit={200}
        total={now?.total}
        counts={eachFilter}
        empty={t('packs.empty')}
        actions={<ExportButton label={t('grade.export')} table="grades" query={() => queryOf(asked)} />}
      />
    </>
  );
}

/** Names of the catalogue's models by id; the ids themselves while they are on their way. */
function useModelNames(): Readonly<Record<string, string>> {
  const { data } = useRead<typeof packApi.packModels>(packApi.packModels);
  const models: Answer<typeof packApi.packModels>['items'] = data?.items ?? [];
  return Object.fromEntries(models.map((it) => [it.id, it.name]));
}
