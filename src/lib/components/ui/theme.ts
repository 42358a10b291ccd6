export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The key under which app.html looks before the first paint. */
const KEY = 'muster-theme';

/** The theme that was chosen on this device; `system` where none was, or nothing can be stored. */
export function storedTheme(): Theme {
	try {
		const stored = localStorage.getItem(KEY);
		return themes.find((theme) => theme === stored) ?? 'system';
	} catch {
		return 'system';
	}
}

/** Shows the theme at once and keeps it for the next visit. */
export function chooseTheme(theme: Theme): void {
	if (theme === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
	try {
		if (theme === 'system') localStorage.removeItem(KEY);
		else localStorage.setItem(KEY, theme);
	} catch {
		// It holds for this page then, which is what was asked.
	}
}
