/** The pager's sound, made in the browser: two short tones, twice. Needs no file, and is the same on every device. */
import { preference, setPreference } from './membership.ts';

const TONES_HZ = [880, 660];
const TONE_S = 0.16;
const PAUSE_S = 0.06;
const ROUNDS = 2;

let context: AudioContext | null = null;

/** Browsers let a page sound only after its reader has done something in it: call this from a click or a key. */
export async function unlockSound(): Promise<boolean> {
	try {
		context ??= new AudioContext();
		if (context.state === 'suspended') await context.resume();
		return context.state === 'running';
	} catch {
		return false;
	}
}

/** Whether a sound would be heard now: the page has been touched, and the pager is not muted. */
export function soundReady(): boolean {
	return context?.state === 'running' && !soundMuted();
}

export function soundMuted(): boolean {
	return preference('pager.muted', 'no') === 'yes';
}

export function muteSound(muted: boolean): void {
	setPreference('pager.muted', muted ? 'yes' : 'no');
}

/** Sounds the pager once. `even` when muted, for the check before the start. Says whether anything was to be heard. */
export async function soundPager({ evenMuted = false } = {}): Promise<boolean> {
	if (soundMuted() && !evenMuted) return false;
	if (!(await unlockSound()) || !context) return false;
	let at = context.currentTime + 0.02;
	for (let round = 0; round < ROUNDS; round++) {
		for (const tone of TONES_HZ) {
			beep(context, tone, at);
			at += TONE_S;
		}
		at += PAUSE_S;
	}
	return true;
}

/** One tone that swells and fades, so that it does not click. */
function beep(audio: AudioContext, frequency: number, at: number): void {
	const oscillator = audio.createOscillator();
	const gain = audio.createGain();
	oscillator.type = 'triangle';
	oscillator.frequency.value = frequency;
	gain.gain.setValueAtTime(0, at);
	gain.gain.linearRampToValueAtTime(0.35, at + 0.015);
	gain.gain.setValueAtTime(0.35, at + TONE_S - 0.05);
	gain.gain.linearRampToValueAtTime(0, at + TONE_S - 0.01);
	oscillator.connect(gain).connect(audio.destination);
	oscillator.start(at);
	oscillator.stop(at + TONE_S);
}
