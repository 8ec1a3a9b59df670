/** The derived part of docs/zh-CN/performance.md: the tables of the English page, which the bench writes. */
import { PERFORMANCE_WORDS } from './performanceWords.cts';

const BEGIN = /<!-- bench: begin, .* -->\n/;
const END = '<!-- bench: end -->';

/**
 * Gives back the Chinese page with the tables that the English one has now.
 *
 * @param present the Chinese page
 * @param english the English page
 * @throws Error when the comments around the tables are missing, or the tables say what has no Chinese
 */
export function renderChinesePerformance(present: string, english: string): string {
	const { before, after } = around(present);
	const lines = around(english).between.split('\n').map(inChinese).join('\n');
	return before + lines + after;
}

/** A page at its tables; the comments belong to what is around them. */
function around(page: string): { before: string; between: string; after: string } {
	const begin = BEGIN.exec(page);
	const end = page.indexOf(END);
	if (!begin || end < begin.index) throw new Error(`A page about performance lacks "${END}"`);
	const start = begin.index + begin[0].length;
	return { before: page.slice(0, start), between: page.slice(start, end), after: page.slice(end) };
}

function inChinese(line: string): string {
	if (line === '' || line.startsWith('| ---')) return line;
	if (line.startsWith('### ')) return `### ${words(line.slice(4))}`;
	if (line.startsWith('| ')) {
		const cells = line.slice(2, -2).split(' | ');
		return `| ${cells.map(words).join(' | ')} |`;
	}
	const measured =
		/^Measured on (\S+): (n8n \S+) on (Node \S+), (.+), (\d+) cores (\(.+\)), (.+)\.$/;
	const [, date, n8n, node, system, cores, processor, memory] = measured.exec(line) ?? untold(line);
	return `${date} 测量：${n8n}，${node}，${system}，${cores} 核 ${processor}，${memory}。`;
}

/** A heading or a cell. */
function words(text: string): string {
	if (Object.hasOwn(PERFORMANCE_WORDS, text)) return PERFORMANCE_WORDS[text];
	const [, from, to] = /^([\d.]+ m?s) to ([\d.]+ m?s)$/.exec(text) ?? [];
	if (from) return `${from} 到 ${to}`;
	const [, bound, limit] = /^at (most|least) ([\d.]+)$/.exec(text) ?? [];
	if (bound) return `${bound === 'most' ? '最多' : '最少'} ${limit}`;
	return /^(?:[\d.,]+(?: (?:m?s|MB))?)?$/.test(text) ? text : untold(text);
}

function untold(text: string): never {
	throw new Error(`scripts/lib/performanceWords.cts has no Chinese for: ${text}`);
}
