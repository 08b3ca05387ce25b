/** Tells of what went on all the same: a process warning of the type SpeechWarning, on stderr unless the program listens for it. */
export function warn(message: string): void {
	process.emitWarning(message, {type: 'SpeechWarning'});
}
