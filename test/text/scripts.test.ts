import test from 'ava';
import {scriptsOf} from '../../lib/text/scripts.js';

for (const [language, scripts] of [
	['en', ['Latin']],
	['en-GB', ['Latin']],
	['de', ['Latin']],
	['ja', ['Han', 'Hiragana', 'Katakana', 'Latin']],
	['ko', ['Hangul', 'Han', 'Latin']],
	['zh', ['Han', 'Bopomofo', 'Latin']],
	['zh-TW', ['Han', 'Bopomofo', 'Latin']],
	['yue', ['Han', 'Bopomofo', 'Latin']],
	['ru', ['Cyrillic', 'Latin']],
	['sr-Latn', ['Latin']],
	['el', ['Greek', 'Latin']],
	['ar', ['Arabic', 'Latin']],
	['hi', ['Devanagari', 'Latin']],
	['th', ['Thai', 'Latin']],
	['am', ['Ethiopic', 'Latin']],
	['chr', ['Cherokee', 'Latin']],
	['qaa', ['Latin']],
	['not a tag', ['Latin']],
] as const) {
	test(`${language} is written in ${scripts.join(', ')}`, t => {
		t.deepEqual(scriptsOf(language), [...scripts]);
	});
}
