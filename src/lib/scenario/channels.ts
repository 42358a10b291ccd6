/** How an inject reaches the room. */
export const INJECT_CHANNELS = [
	'page',
	'chat',
	'ticket',
	'exec',
	'phone',
	'social',
	'press',
	'vendor',
	'status_feed',
	'partner',
	'regulator',
	'email',
	'automation'
] as const;
