// Whose map it is, what it may be used for, and a warning where the law wants a number that nobody gave.
import { type Basemap, lacksApproval } from '../../../basemap/provider.ts';
import { Icon } from '../../../shell/icons.tsx';
import { useWords } from '../../../words/index.ts';
import { useBasemapSettings } from '../canvas/basemap.ts';

export function Ground({ basemap }: { basemap: Basemap }) {
  const { t } = useWords();
  const { region } = useBasemapSettings();
  const { approvalNo, isSchematic, credit } = basemap;
  const lacks = lacksApproval({ region, approvalNo });
  return (
    <p className="map-ground" role="note">
      {lacks && <Icon name="warning" />}
      <span>
        {isSchematic && t('map.schematic')}
        {lacks && !isSchematic && t('map.noApproval')}
        {approvalNo && t('map.approved', { number: approvalNo })}
      </span>
      {credit && <span className="quiet">{credit}</span>}
    </p>
  );
}
