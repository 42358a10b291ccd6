// What pages call: everything their loads need of the server, and nothing else. Loads that find nothing, or find somebody
// who may not read it, throw SvelteKit's `error` with `{ code, message }`.

export { listBrokenScenarios, listFeatured, listScenarios, loadScenarioPage } from './pages/scenarios.ts';
export { loadLibrary, loadNextStep, loadOwnScenario, loadPath, loadPaths, loadRunChecks } from './pages/learning.ts';
export { listRehearsable } from './pages/rehearse.ts';
export { listArchetypes } from './pages/authoring.ts';
export { listIncidents } from './pages/incidents.ts';
export { loadImport } from './pages/import.ts';
export { loadSettings, readSeverityPolicy } from './pages/settings.ts';
export { loadTeamFiles } from './pages/team.ts';
export { loadRoom } from './pages/room.ts';
export { loadDebrief } from './pages/debrief.ts';
export { loadInsights, type InsightsPage } from './pages/insights.ts';
export { loadGuide, type GuidePage } from './pages/guide.ts';
export { loadStudio, loadStudioDocument, type StudioListPage, type StudioPage } from './pages/studio.ts';
export { loadReplay } from './pages/replay.ts';
export { loadWhatIf } from './pages/what-if.ts';
export { loadShared } from './pages/shared.ts';
export { loadActions, loadReminders } from './pages/actions.ts';
export { loadPostmortem } from './pages/postmortem.ts';
export { loadStatusPage } from './pages/status-page.ts';
export { isAdmin } from './auth/admin.ts';
export type {
	ActionsPage,
	BrokenScenario,
	CookieReader,
	DebriefPage,
	PostmortemPage,
	Reader,
	ReferenceRun,
	ReplayPage,
	RoomPage,
	ScenarioPage,
	SettingsPage,
	SharedPage,
	StatusPage,
	WhatIfPage
} from './pages/types.ts';
