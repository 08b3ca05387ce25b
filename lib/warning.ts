/**
 * Tells of what went on all the same: a process warning of the type SpeechWarning, on stderr unless the program listens for it.
 * `code`, where there is one, is stable.
 */
export function warn(message: string, code?: string): void {
	process.emitWarning(message, {type: 'SpeechWarning', ...(code === undefined ? {} : {code})});
}
