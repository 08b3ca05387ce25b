import {readData} from '../../../voices/data.js';
import type {Coding} from './family.js';

/** The ids of Kokoro's phonemes, which hibari's voices share: one each. */
export async function readVocabulary(): Promise<Coding['idsOf']> {
	const vocabulary: Record<string, number> = JSON.parse(
		Buffer.from(await readData('heart/vocab.json')).toString(),
	);
	const ids = new Map(Object.entries(vocabulary).map(([phoneme, id]) => [phoneme, [id]]));
	return phoneme => ids.get(phoneme);
}
