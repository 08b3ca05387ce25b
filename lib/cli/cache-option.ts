import {Option} from 'commander';

/** `--cache FOLDER`. */
export function cacheOption(): Option {
	return new Option(
		'--cache <folder>',
		'where what was rendered is kept; by default SPEECHPIPE_CACHE, or the user’s cache folder',
	);
}
