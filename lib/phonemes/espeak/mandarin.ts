/**
 * eSpeak NG's Mandarin in Kokoro's letters, as misaki writes it (pinyin to IPA, tones as arrows). A syllable's tone stands behind
 * its vowel, in Chao's digits.
 */
const letters: ReadonlyArray<readonly [ipa: RegExp, letter: string]> = [
	[/ts\.h/gu, 'ꭧʰ'],
	[/ts\./gu, 'ꭧ'],
	[/tɕh/gu, 'ʨʰ'],
	[/tɕ/gu, 'ʨ'],
	[/tsh/gu, 'ʦʰ'],
	[/ts/gu, 'ʦ'],
	[/s\./gu, 'ʂ'],
	[/z\./gu, 'ɻ'],
	[/(?<=^[ptk])h/gu, 'ʰ'],
	[/χ/gu, 'x'],
	[/ər/gu, 'ɚ'],
	[/i(?:\.|\u032a)/gu, 'ɨ'],
	[/o-/gu, 'ɤ'],
	[/ɑ/gu, 'a'],
	[/i(?=[aɛoəu])/gu, 'j'],
	[/u(?=[aɛoəei])/gu, 'w'],
	[/y(?=[aɛə])/gu, 'ɥ'],
	[/55/gu, '→'],
	[/35/gu, '↗'],
	[/214/gu, '↓'],
	[/51/gu, '↘'],
	[/[ˈˌ\d]/gu, ''],
];

export function writeMandarin(phoneme: string): string {
	return letters.reduce((written, [ipa, letter]) => written.replace(ipa, letter), phoneme);
}

/** By the letter that eSpeak NG's IPA puts behind a vowel; 5 stands for two of them, others for none. */
const chao: Readonly<Record<string, string>> = {ɜ: '35', 2: '214', 1: '1', 3: '1', 4: '1'};

/**
 * Puts the tones in full into pieces of eSpeak NG's IPA, which makes one of the first and the fourth; `mnemonics` are the same
 * phonemes in its own letters, which tell them apart but know nothing of how tones change among others.
 */
export function withTones(pieces: readonly string[], mnemonics: string): string[] {
	const tones = mnemonics.match(/\d+/gu) ?? [];
	let syllable = 0;
	return pieces.map(piece => {
		const [, rest, tone] = /^(.+)([1-5ɜ])$/u.exec(piece) ?? [];
		if (rest === undefined || tone === undefined) return piece;
		const told = tones[syllable++];
		return rest + (chao[tone] ?? (told === '51' ? '51' : '55'));
	});
}
