// The storage on SQL, for both databases.

import { ask, type Database } from './database.ts';
import { GroupCommit } from './group-commit.ts';
import * as browsers from './sql/browsers.ts';
import * as authored from './sql/authored.ts';
import * as documents from './sql/documents.ts';
import * as figures from './sql/figures.ts';
import * as incidents from './sql/incidents.ts';
import * as imports from './sql/imports.ts';
import * as ingest from './sql/ingest.ts';
import * as lease from './sql/lease.ts';
import * as log from './sql/log.ts';
import * as people from './sql/people.ts';
import * as shareLinks from './sql/share-links.ts';
import * as settings from './sql/settings.ts';
import type { Storage } from './storage.ts';

/** A batch of an import is larger than anything else that is stored at once, in milliseconds. */
const IMPORT_LIMIT_MS = 60_000;

/** Closing the storage closes the database. */
export function createStorage(database: Database): Storage {
	const commits = new GroupCommit(database);
	return {
		kind: database.kind,
		ping: () => ask(() => incidents.ping(database)),
		close: () => database.close(),

		createIncident: (fresh) => ask(() => incidents.createIncident(database, fresh)),
		readIncident: (id) => ask(() => incidents.readIncident(database, id)),
		readRun: (id) => ask(() => incidents.readRun(database, id)),
		readScenario: (hash) => ask(() => incidents.readScenario(database, hash)),
		listIncidents: (query) => ask(() => incidents.listIncidents(database, query)),
		countRuns: () => ask(() => incidents.countRuns(database)),
		unfinished: () => ask(() => incidents.unfinished(database)),

		acquire: (id, owner, mayTake) => ask(() => lease.acquire(database, id, owner, mayTake)),
		renew: (owner, held) => ask(() => lease.renew(database, owner, held)),
		release: (id, epoch) => ask(() => lease.release(database, id, epoch)),
		append: (append) => commits.append(append),

		readEvents: (id, after = 0) => ask(() => log.readEvents(database, id, after)),
		readCommands: (id, after = 0) => ask(() => log.readCommands(database, id, after)),
		writeSnapshot: (id, epoch, snapshot) => ask(() => log.writeSnapshot(database, id, epoch, snapshot)),
		readSnapshot: (id) => ask(() => log.readSnapshot(database, id)),

		addParticipant: (id, fresh) => ask(() => people.addParticipant(database, id, fresh)),
		readParticipants: (id) => ask(() => people.readParticipants(database, id)),
		forgetParticipant: (id, participantId, replacement, everywhere) =>
			ask(() => people.forgetParticipant(database, id, participantId, replacement, everywhere)),

		forgetName: (name, replacement) => ask(() => people.forgetName(database, name, replacement)),

		addBrowserRun: (browser, id, participantId) =>
			ask(() => browsers.addBrowserRun(database, browser, id, participantId)),
		listBrowserRuns: (browser) => ask(() => browsers.listBrowserRuns(database, browser)),
		addSpoiler: (browser, scenarioId, at) => ask(() => browsers.addSpoiler(database, browser, scenarioId, at)),
		listSpoilers: (browser) => ask(() => browsers.listSpoilers(database, browser)),
		lastPlayed: () => ask(() => browsers.lastPlayed(database)),

		listLogs: () => ask(() => figures.listLogs(database)),
		readEventsOf: (ids, types) => ask(() => figures.readEventsOf(database, ids, types)),
		listPlayers: () => ask(() => figures.listPlayers(database)),

		readPostmortem: (id) => ask(() => documents.readPostmortem(database, id)),
		readPostmortemUpdates: (id) => ask(() => documents.readPostmortemUpdates(database, id)),
		readReviewEvents: () => ask(() => log.readReviewEvents(database)),
		appendPostmortem: (id, update) => ask(() => documents.appendPostmortem(database, id, update)),
		addAttachment: (id, fresh) => ask(() => documents.addAttachment(database, id, fresh)),
		readAttachment: (id, attachmentId) => ask(() => documents.readAttachment(database, id, attachmentId)),
		attachmentBytes: (id) => ask(() => documents.attachmentBytes(database, id)),

		importIncidents: (fresh, policy) => ask(() => imports.importIncidents(database, fresh, policy), IMPORT_LIMIT_MS),
		importedFacts: (ids) => ask(() => imports.importedFacts(database, ids), IMPORT_LIMIT_MS),
		addSource: (source) => ask(() => ingest.addSource(database, source)),
		listSources: () => ask(() => ingest.listSources(database)),
		findSource: (hash) => ask(() => ingest.findSource(database, hash)),
		changeSource: (id, name, settings) => ask(() => ingest.changeSource(database, id, name, settings)),
		revokeSource: (id, at) => ask(() => ingest.revokeSource(database, id, at)),
		noteSource: (id, at, taken, refused) => ask(() => ingest.noteSource(database, id, at, taken, refused)),
		claimGroup: (id, hash, fresh) => ask(() => ingest.claimGroup(database, id, hash, fresh)),
		claimAlert: (id, alert, place) => ask(() => ingest.claimAlert(database, id, alert, place)),
		findAlert: (id, alert) => ask(() => ingest.findAlert(database, id, alert)),
		createAuthored: (id, first) => ask(() => authored.createAuthored(database, id, first)),
		saveAuthored: (id, after, fresh) => ask(() => authored.saveAuthored(database, id, after, fresh)),
		readAuthored: (id) => ask(() => authored.readAuthored(database, id)),
		listAuthored: () => ask(() => authored.listAuthored(database)),
		listAuthoredVersions: (id) => ask(() => authored.listAuthoredVersions(database, id)),
		readAuthoredFiles: (id, version) => ask(() => authored.readAuthoredFiles(database, id, version)),
		removeAuthored: (id) => ask(() => authored.removeAuthored(database, id)),
		addShareLink: (link) => ask(() => shareLinks.addShareLink(database, link)),
		listShareLinks: (id) => ask(() => shareLinks.listShareLinks(database, id)),
		findShareLink: (hash) => ask(() => shareLinks.findShareLink(database, hash)),
		withdrawShareLink: (id, link, at) => ask(() => shareLinks.withdrawShareLink(database, id, link, at)),

		readSetting: (key) => ask(() => settings.readSetting(database, key)),
		writeSetting: (key, value, at) => ask(() => settings.writeSetting(database, key, value, at)),
		initialSetting: (key, value, at) => ask(() => settings.initialSetting(database, key, value, at)),
		addAdminSession: (hash, until) => ask(() => settings.addAdminSession(database, hash, until, Date.now())),
		hasAdminSession: (hash, now) => ask(() => settings.hasAdminSession(database, hash, now)),
		removeAdminSession: (hash) => ask(() => settings.removeAdminSession(database, hash))
	};
}
