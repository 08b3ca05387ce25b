/** What stands below a command's help: lines that can be typed as they are. */
export function examples(...lines: readonly string[]): string {
	return `\nExamples:\n${lines.map(line => `  $ ${line}`).join('\n')}`;
}
