import type {Chapter, Cover} from '../book.js';
import type {Metadata} from './metadata.js';

/** What was read of a source. */
export interface ReadSource {
	readonly metadata: Metadata;
	/** BCP 47 tag. */
	readonly language: string;
	readonly cover?: Cover | undefined;
	readonly chapters: readonly Chapter[];
}
