// What the scenario studio needs of the database: scenarios that people wrote here, every version of each.

/** Texts by their path in the scenario's folder. */
export type ScenarioFiles = Readonly<Record<string, string>>;

/** A scenario that was written here. Times are wall time. */
export interface AuthoredScenario {
	/** Its slug, which no shipped scenario has. */
	id: string;
	/** Number of the latest version; versions count from one. */
	version: number;
	/** The latest version that loads: what the library offers. Null while none does. */
	offered: number | null;
	createdAt: number;
	changedAt: number;
}

/** What lists show of a version. */
export interface AuthoredVersion {
	version: number;
	/** What its author says of the change; may be empty. */
	note: string;
	savedAt: number;
	/** Content hash of the compiled scenario, as runs store it; null where the version does not load. */
	contentHash: string | null;
	/** How many errors keep it from loading. */
	errors: number;
	/** Practice runs that were played with this content. */
	runs: number;
}

export type FreshVersion = Omit<AuthoredVersion, 'version' | 'runs'> & { files: ScenarioFiles };

export type SaveOutcome =
	| { ok: true; scenario: AuthoredScenario }
	/** Somebody saved since: `current` is the latest version. */
	| { ok: false; reason: 'conflict'; current: number }
	| { ok: false; reason: 'unknown' };

export interface AuthoredStorage {
	/** Begins a scenario with its first version; null where there is one of that name. */
	createAuthored(id: string, first: FreshVersion): Promise<AuthoredScenario | null>;
	/** Adds a version, only if `after` is still the latest: nobody's text is written over. */
	saveAuthored(id: string, after: number, fresh: FreshVersion): Promise<SaveOutcome>;
	readAuthored(id: string): Promise<AuthoredScenario | null>;
	/** By name. */
	listAuthored(): Promise<AuthoredScenario[]>;
	/** Newest first. */
	listAuthoredVersions(id: string): Promise<AuthoredVersion[]>;
	readAuthoredFiles(id: string, version: number): Promise<ScenarioFiles | null>;
	/** Takes it out with all its versions; runs keep what they were played with. False where there was none. */
	removeAuthored(id: string): Promise<boolean>;
}
