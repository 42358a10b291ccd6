import { refuse } from '$lib/incident/refusal.ts';
import { readJson } from '$lib/server/api/body.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { seesTruth } from '$lib/server/debrief/access.ts';
import { askedBy } from '$lib/server/debrief/asking.ts';
import { whatIfSchema } from '$lib/server/debrief/requests.schema.ts';
import { WhatIfs } from '$lib/server/debrief/what-ifs.ts';
import type { WhatIfRequest } from '$lib/protocol/debrief.ts';

/** Another future of a run that has ended, simulated beside the server. */
export const POST = endpoint('simulate', async (event, muster) => {
	const asked = await askedBy(event, muster);
	if (!asked.ok) return asked;
	const { live, reader, admin } = asked;
	if (!reader && !admin) return refuse('forbidden', 'Other futures are for those who were there: join first.');
	if (!seesTruth(live, reader) && !admin)
		return refuse('wrong_state', 'Other futures tell the truth: they open with it, in the debrief.');
	const read = await readJson(event.request, whatIfSchema);
	if (!read.ok) return read;
	// The schema has let only addable commands through.
	return WhatIfs.of(muster).ask(muster, live, read.value as WhatIfRequest);
});
