/** What an imported record cannot tell is not rated: nobody wrote it down there, which does not mean that it was not done. */
import type { EventType } from '../incident/event.ts';
import { notApplicable, type Dimension, type DimensionId } from './dimension.ts';
import type { Facts } from './facts.ts';

/** Events without which a dimension has nothing to go by. */
const TOLD_BY: Partial<Record<DimensionId, EventType[]>> = {
	roles: ['role.assigned'],
	escalation: ['escalated'],
	cadence: ['status_update.published'],
	content: ['status_update.published'],
	verification: ['telemetry.viewed', 'sli.restored'],
	learning: ['action_item.added']
};

export function asFarAsTold(facts: Facts, dimension: Dimension): Dimension {
	const types = TOLD_BY[dimension.id];
	if (!facts.state.imported || !types || facts.of(...types).length > 0) return dimension;
	// The record may say itself that nobody was called.
	if (dimension.id === 'escalation' && facts.state.imported.escalated === false) return dimension;
	return notApplicable(dimension.id, `Imported from ${facts.state.imported.source}, which does not tell.`);
}
