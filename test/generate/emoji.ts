/**
 * Makes lib/voices/en/emoji.txt from unicode-emoji-json: lines `emoji TAB name`, the English short names of CLDR, without
 * variation selectors. Run as: node --import=tsx test/generate/emoji.ts
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {dataFile} from '../../lib/voices/data.js';

const source = fileURLToPath(import.meta.resolve('unicode-emoji-json'));
// The package's shape: https://github.com/muan/unicode-emoji-json
const data = JSON.parse(readFileSync(source, 'utf8')) as Record<string, {readonly name: string}>;
const lines = Object.entries(data).map(([emoji, {name}]) => `${emoji.replaceAll('\uFE0F', '')}\t${name}\n`);
writeFileSync(dataFile('en/emoji.txt'), lines.join(''));
process.stdout.write(`${lines.length} emoji\n`);
