// What pages call: everything their loads need of the server, and nothing else. Loads that find nothing, or find somebody
// who may not read it, throw SvelteKit's `error` with `{ code, message }`.

export { countPlays, listBrokenScenarios, listFeatured, listScenarios, loadScenarioPage } from './pages/scenarios.ts';
export { listIncidents } from './pages/incidents.ts';
export { loadSettings, readSeverityPolicy } from './pages/settings.ts';
export { loadRoom } from './pages/room.ts';
export { loadDebrief } from './pages/debrief.ts';
export { loadPostmortem } from './pages/postmortem.ts';
export { loadStatusPage } from './pages/status-page.ts';
export { isAdmin } from './auth/admin.ts';
export type {
	BrokenScenario,
	CookieReader,
	DebriefPage,
	PostmortemPage,
	Reader,
	ReferenceRun,
	RoomPage,
	ScenarioPage,
	SettingsPage,
	StatusPage
} from './pages/types.ts';
