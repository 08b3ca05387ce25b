import {stripVTControlCharacters} from 'node:util';

/** What others wrote, without what would move the cursor. */
export function plain(text: string): string {
	return stripVTControlCharacters(text).replaceAll(/\p{C}/gu, ' ');
}
