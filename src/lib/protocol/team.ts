// What a team brought of its own, for the settings.

export interface TeamFilesView {
	files: {
		name: string;
		from: 'folder' | 'upload';
		kind: 'runbook' | 'system';
		/** Null where it cannot be used. */
		title: string | null;
		offered: string;
	}[];
	/** `file:line:column: code: message` */
	problems: string[];
	/** What RUNBOOKS_DIR names; null where it names nothing. */
	folder: string | null;
}
