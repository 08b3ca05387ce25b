import {isAbsolute} from 'node:path';

/** What `--voice` names: an id, or a folder or file, which need not begin with `./` as no id holds a slash. */
export function voiceId(given: string): string {
	return /[\\/]/.test(given) && !isAbsolute(given) && !given.startsWith('.') ? `./${given}` : given;
}
