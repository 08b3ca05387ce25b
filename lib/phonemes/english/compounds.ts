import {primary} from './alphabet.js';
import {weaken} from './stress.js';

export interface Part {
	/** As written. */
	readonly text: string;
	readonly phonemes: string;
}

const heavy: ReadonlySet<string> = new Set('AIOQWYʤʧ');
const weight = (phonemes: string) =>
	Array.from(phonemes).reduce((sum, letter) => sum + (heavy.has(letter) ? 2 : 1), 0);
const isStressed = ({phonemes}: Part) => phonemes.includes(primary);

/** Joins the parts of a compound into one word: of parts that are all stressed, the lightest half gives up its primary stress. */
export function joinCompound(parts: readonly Part[]): string {
	const [first, second] = parts;
	if (parts.length === 2 && first !== undefined && second !== undefined && first.text.length === 1) {
		return first.phonemes + weaken(second.phonemes);
	}
	if (parts.filter(isStressed).length <= Math.floor((parts.length + 1) / 2)) {
		return parts.map(part => part.phonemes).join('');
	}
	const byWeight = [...parts].sort(
		(a, b) => Number(isStressed(a)) - Number(isStressed(b)) || weight(a.phonemes) - weight(b.phonemes),
	);
	const weakened = new Set(byWeight.slice(0, Math.floor(parts.length / 2)));
	return parts.map(part => (weakened.has(part) ? weaken(part.phonemes) : part.phonemes)).join('');
}
