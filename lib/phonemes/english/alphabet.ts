/** Letters that stand for a vowel or a diphthong, American and British; ɐ and ᵊ are too weak to bear stress or to change a neighbour. */
export const vowels: ReadonlySet<string> = new Set('AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ');
export const consonants: ReadonlySet<string> = new Set('bdfhjklmnpstvwzðŋɡɹɾTʃʒʤʧθ');

/** Every phoneme letter that we give, as a check on what a network guesses: each is in the voices' vocabulary. */
export const letters: ReadonlySet<string> = new Set([...vowels, ...consonants, ...'ɐᵊˈˌː']);

/** Punctuation that is a phoneme, as the voices were taught it. */
export const punctuation: ReadonlySet<string> = new Set(';:,.!?—…()“”');

/** Punctuation at which a phrase ends: quotes and brackets don't change how the word before them is said. */
export const phraseEnds: ReadonlySet<string> = new Set(';:,.!?—…');

export const primary = 'ˈ';
export const secondary = 'ˌ';

/** Every letter that the voices of the family know (lib/voices/heart/vocab.json; Kokoro's is the same). */
export const vocabulary: ReadonlySet<string> = new Set(
	';:,.!?—…"()“” \u0303ʣʥʦʨᵝꭧAIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ',
);
