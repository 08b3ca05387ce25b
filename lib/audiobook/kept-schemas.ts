import {type Static, Type} from 'typebox';
import {Compile} from 'typebox/compile';

/*
 * What this program keeps on disks and reads back. Imported when there is something to read: to load what checks it takes longer than
 * all else of a command.
 */

const Owner = Type.Object({
	host: Type.String(),
	pid: Type.Integer({minimum: 1}),
	startedAt: Type.String(),
	start: Type.Optional(Type.String()),
});

/** A lock's. */
export const owner = Compile(Owner);

/** Keys that a running book needs. */
export const lease = Compile(Type.Object({owner: Owner, keys: Type.Array(Type.String())}));

/** What a finished book consists of: names of files relative to the output's folder, and hashes of their content. */
export const finishedNote = Compile(
	Type.Object({files: Type.Array(Type.Object({name: Type.String(), hash: Type.String()}))}),
);

/** A word as numbers: text from and to, samples from and to, whether its times are exact (1) or estimated (0). */
const Word = Type.Tuple([
	Type.Integer({minimum: 0}),
	Type.Integer({minimum: 0}),
	Type.Integer({minimum: 0}),
	Type.Integer({minimum: 0}),
	Type.Integer({minimum: 0, maximum: 1}),
]);
const PackedHead = Type.Object({
	samples: Type.Integer({minimum: 0}),
	words: Type.Array(Word),
	unspoken: Type.Array(
		Type.Object({
			textStart: Type.Integer({minimum: 0}),
			textEnd: Type.Integer({minimum: 0}),
			reason: Type.String(),
		}),
	),
});

/** What stands before an utterance's packed samples. */
export type PackedHead = Static<typeof PackedHead>;
export const packedHead = Compile(PackedHead);
