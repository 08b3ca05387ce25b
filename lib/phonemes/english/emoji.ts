/** Emoji by their names in CLDR, as the Unicode Consortium's emoji-test.txt gives them. */

const tone = '[\\u{1F3FB}-\\u{1F3FF}]';
/** Shown as text unless a selector says otherwise, and silent in running text: ©, ®, ™, arrows, ✓. */
const picture = `(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\uFE0F|\\p{Extended_Pictographic}(?=${tone}|\\u200D)|(?![©®™\\u2000-\\u2BFF\\u3000-\\u32FF])\\p{Extended_Pictographic})`;
const joined = `(?:\\u200D\\p{Extended_Pictographic}\\uFE0F?${tone}?)`;
/** Source of a pattern for one emoji, all that is joined to it included (UTS #51). Needs the flag `u`. */
export const emoji = `(?:\\p{RI}\\p{RI}|[0-9#*]\\uFE0F?\\u20E3|${picture}\\uFE0F?${tone}?(?:[\\u{E0020}-\\u{E007F}]+|${joined}*))`;

/** Whether names could be asked for. */
export const hasEmoji = (text: string) => /[\u20E3\p{RI}\p{Extended_Pictographic}]/u.test(text);

const tones: ReadonlyMap<string, string> = new Map([
	['\u{1F3FB}', 'light'],
	['\u{1F3FC}', 'medium light'],
	['\u{1F3FD}', 'medium'],
	['\u{1F3FE}', 'medium dark'],
	['\u{1F3FF}', 'dark'],
]);

/** The names, of a file of lines `emoji TAB name` without variation selectors and skin tones. */
export class EmojiNames {
	readonly #names: ReadonlyMap<string, string>;

	constructor(file: string) {
		this.#names = new Map(
			file.split('\n').map(line => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]),
		);
	}

	/** "thumbs up, medium skin tone"; what is joined and has no name of its own, by its parts; empty where nothing is known. */
	name(sequence: string): string {
		const plain = sequence.replaceAll('\uFE0F', '');
		const tone = Array.from(plain).find(letter => tones.has(letter));
		const toneless = plain.replace(/[\u{1F3FB}-\u{1F3FF}]/gu, '');
		const name = this.#names.get(plain) ?? this.#names.get(toneless);
		if (name === undefined) {
			const parts = plain.split('\u200D');
			return parts.length < 2
				? ''
				: parts
						.map(part => this.name(part))
						.filter(Boolean)
						.join(', ');
		}
		return tone === undefined || this.#names.has(plain) ? name : `${name}, ${tones.get(tone)} skin tone`;
	}
}
