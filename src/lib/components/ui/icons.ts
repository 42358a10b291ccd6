/** Line icons on a 16 × 16 grid, drawn with a 1.5 stroke in the text's colour. */
export const icons = {
	close: 'M4 4l8 8M12 4l-8 8',
	check: 'M3 8.5l3.2 3.2L13 4.8',
	chevron: 'M4.5 6.2L8 9.8l3.5-3.6',
	more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
	copy: 'M6 6h7v7H6zM10 6V3H3v7h3',
	search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
	sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
	moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z',
	screen: 'M2.5 3h11v7.5h-11zM5.5 13.2h5M8 10.5v2.7',
	plus: 'M8 3v10M3 8h10',
	play: 'M5 3.2l7.5 4.8L5 12.8z',
	pause: 'M5.2 3v10M10.8 3v10',
	pin: 'M8 9.5V14M4.5 9.5h7L10 6.5V2.5H6v4z',
	bell: 'M4 11V7a4 4 0 0 1 8 0v4l1.2 1.2H2.8zM6.8 14h2.4',
	link: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.8-.8',
	external: 'M9 3h4v4M13 3L7.5 8.5M11.5 9.5V13H3V4.5h3.5',
	warning: 'M8 2.5l6 10.8H2zM8 6.6v3M8 11.5h.01',
	info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.3v3.6M8 5.1h.01',
	person: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.5c.5-2.4 2.5-3.6 5-3.600s4.5 1.2 5 3.6',
	menu: 'M2.5 4.500h11M2.5 8h11M2.5 11.500h11',
	arrow: 'M3 8h10M9 4l4 4-4 4',
	download: 'M8 2.500v8M4.5 7.500L8 11l3.5-3.500M3 13.500h10'
} as const;

export type IconName = keyof typeof icons;
