import {homedir} from 'node:os';
import {join, resolve} from 'node:path';

/**
 * Where this user's voices lie: `SPEECHPIPE_HOME`, else `speechpipe` in the platform's folder for data that is no document:
 * `$XDG_DATA_HOME` or `~/.local/share` (XDG Base Directory Specification), `~/Library/Application Support`, `%LOCALAPPDATA%`.
 */
export function dataFolder(
	environment: NodeJS.ProcessEnv = process.env,
	platform: NodeJS.Platform = process.platform,
): string {
	const own = environment['SPEECHPIPE_HOME'];
	if (own) return resolve(own);
	return join(platformFolder(environment, platform), 'speechpipe');
}

function platformFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
	if (platform === 'darwin') return join(homedir(), 'Library/Application Support');
	if (platform === 'win32') return environment['LOCALAPPDATA'] || join(homedir(), 'AppData/Local');
	const xdg = environment['XDG_DATA_HOME'];
	// A relative one is invalid and to be ignored, says the specification.
	return xdg?.startsWith('/') ? xdg : join(homedir(), '.local/share');
}
