import type {Element} from './tree.js';

/** A document of the source, as the reader gets it. */
export interface SourceDocument {
	/** Path in the source. */
	readonly file: string;
	readonly root: Element;
	/** What it is as a whole, as others than itself tell: the landmarks, the guide. */
	readonly types?: ReadonlySet<string> | undefined;
	/** Where it stands, as others tell. */
	readonly side?: 'front' | 'back' | 'body' | undefined;
	/** Why it is not read where it stands: it lies beside the reading order, and only its notes are read, if any are. */
	readonly apart?: string | undefined;
	/** Elements around the main text of a page. */
	readonly outside?: ReadonlySet<Element> | undefined;
}
