/** The derived documents are current, and say what they are for. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Operation } from '../../nodes/Eyun/catalogue/types';
import { compounds } from '../../nodes/Eyun/compound/description';
import { renderChineseOperations } from '../../scripts/lib/chineseOperationsDoc.cts';
import { renderChinesePerformance } from '../../scripts/lib/chinesePerformanceDoc.cts';
import { derivedDocuments } from '../../scripts/lib/docs.cts';
import { renderOperations } from '../../scripts/lib/operationsDoc.cts';
import { endpointOf, operations as endpoints } from '../../spec/endpoints.cts';

const ROOT = resolve(__dirname, '..', '..');
const all = catalogue.flatMap(({ operations }) => operations);

it.each(derivedDocuments)('$path is current', ({ path, render }) => {
	const file = join(ROOT, path);
	const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
	// Not toEqual: its difference of two long texts would hide what to do.
	if (render(present) !== present) {
		throw new Error(`${path} does not say what the code says now. Run: npm run docs`);
	}
});

describe('docs/operations.md', () => {
	const text = renderOperations(catalogue, endpoints);
	const sections = text.split(/^### /m).slice(1);

	/** What stands under the heading of an operation. */
	function section(resource: string, operation: string): string {
		const found = sections.filter((part) => part.startsWith(`${resource}: ${operation}\n`));
		expect(found).toHaveLength(1);
		return found[0];
	}

	it('has a section for each operation, with endpoint, title, parameters and answer', () => {
		expect(sections).toHaveLength(all.length + compounds.operations.length);
		for (const { name, operations } of catalogue) {
			for (const operation of operations) {
				const part = section(name, operation.name);
				expect(part).toContain(`\`POST ${operation.path}\` · ${endpointOf(operation)?.title}\n`);
				expect(part.match(/^\| `/gm) ?? []).toHaveLength(parametersOf(operation));
				expect(part).toMatch(/^\*\*Answer:\*\* ./m);
			}
		}
	});

	it('has a marked section for each operation that is more than one call', () => {
		const resources = [...catalogue, ...compounds.resources];
		for (const { resource, name, properties, description } of compounds.operations) {
			const shown = resources.find(({ value }) => value === resource)?.name ?? '';
			const part = section(shown, name);
			expect(part).toMatch(/^\*\*(More than one call|Any endpoint)\*\*$/m);
			expect(part).toContain(description);
			for (const { type, name: parameter } of properties) {
				if (!type.endsWith('ollection')) expect(part).toContain(`| \`${parameter}\` |`);
			}
		}
		const ask = section('Message', 'Send and Wait for Response');
		expect(ask).toMatch(/\| `limitWaitTime.resumeUnit` \| Unit \| one of several \| no \|/);
		expect(ask).toContain('Where `limitType` is `afterTimeInterval`');
		expect(section('Login', 'Wait for Login')).toContain(
			'| `verifyCode` | Verify Code | text | no |',
		);
	});

	it('says what is paged, shared, paused, picked from lists and taken as a file', () => {
		const moments = section('Moment', 'Get Many');
		expect(moments).toContain('Only reads. Paged.');
		expect(moments).toContain('**Answer:** an item for each element of `sns`. A page is one item');
		const contacts = section('Contact', 'Get');
		expect(contacts).toContain('Several items share a call, which takes up to 20 IDs.');
		expect(contacts).toContain('a pause of 300 to 800 ms');
		expect(contacts).toContain('From a list of accounts online, by WeChat ID, or by instance ID.');
		expect(section('Moment', 'Post Images')).toContain(
			'binary fields: an image, PNG, at most 3 MB.',
		);
		expect(section('Message', 'Send Voice')).toContain('a voice recording, SILK, AMR or WAV.');
		expect(section('Login', 'Get QR Code')).toContain('option Download Picture');
	});

	it('links every operation from the list at the top', () => {
		const headings = text.match(/^##+ .+$/gm) ?? [];
		const anchors = headings.map((heading) =>
			heading.replace(/^#+ /, '').toLowerCase().replace(/:/g, '').replace(/ /g, '-'),
		);
		const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target);
		expect(links.sort()).toEqual(anchors.sort());
	});

	it('says what goes out, what may be left out, and which values there are', () => {
		const mention = section('Message', 'Mention in Group');
		expect(mention).toContain('| `at` | Mentioned Members | string, joined by `,` | yes |');
		const revoke = section('Message', 'Revoke');
		expect(revoke).toMatch(/\| `newMsgId` \| [^|]+ \| integer, 64 bits \| yes \|/);
		expect(section('Incoming Message', 'Get Image')).toMatch(
			/`type` \| Quality \| integer \| no \| .*`1` High, `0` Normal/,
		);
		expect(section('Moment', 'Post Images')).toContain('string, joined by `;`');
		expect(section('Moment', 'Get Many')).toContain('may be empty: `0`');
		expect(section('Favorite', 'Get Many')).toContain('may be empty: `null`');
		expect(section('Channel', 'Get QR Code')).toContain('`meRoleType`, also sent as `myRoleType`');
		const publish = section('Channel', 'Publish Video');
		expect(publish).toContain('| `videoCdn.fileSize` | File Size (Bytes) |');
		expect(publish).toMatch(/`videoUrl` [^\n]* unless `videoCdn` is given/);
		expect(section('Login', 'Complete Login')).toContain('Waits up to 250 seconds.');
	});

	it('says which operations make a tool, what a model fills, and which make none', () => {
		expect(section('Message', 'Send Text')).toContain(
			'As a tool it lets the model fill `wcId`, `content`.',
		);
		expect(section('Label', 'Get Many')).toContain('As a tool it asks the model for nothing.');
		expect(section('Contact', 'Find by Name')).toContain('With Simplify (in a tool on at first)');
		expect(section('Login', 'Get QR Code')).not.toContain('As a tool');
		const rows = [...text.matchAll(/^\| (?!Resource)(\w[\w ]*) \| ([^|[]+) \| ([^|[]+) \|$/gm)];
		const listed = (column: number) =>
			rows.flatMap((row) =>
				row[column] === '–' ? [] : row[column].split(', ').map((name) => `${row[1]}: ${name}`),
			);
		const every = [...catalogue, ...compounds.resources].flatMap(({ name, value }) =>
			[
				...(catalogue.find((resource) => resource.value === value)?.operations ?? []),
				...compounds.operations.filter(({ resource }) => resource === value),
			].map(({ name: operation, tool }) => ({ title: `${name}: ${operation}`, tool })),
		);
		const titles = (makes: boolean) =>
			every.filter(({ tool }) => (tool !== undefined) === makes).map(({ title }) => title);
		expect(listed(2)).toEqual(titles(true));
		expect(listed(3)).toEqual(titles(false));
	});

	it('says what comes back', () => {
		expect(section('Contact', 'Get')).toContain('an item for each element of a list, with');
		expect(section('Contact', 'Set Remark')).toContain('one item, `{ "success": true }`');
		expect(section('Favorite', 'Delete')).toContain('one item, `{ "deleted": true }`');
		expect(section('Group', 'Add Member as Friend')).toContain('one item with `result` text');
		expect(section('Message', 'Send Video')).toContain('`newMsgId` text');
		expect(section('Login', 'Log In to Platform')).toContain('Blanked out: `Authorization`');
	});

	function parametersOf({ fields }: Operation): number {
		return fields.reduce((sum, field) => sum + 1 + (field.fields?.length ?? 0), 0);
	}
});

describe('docs/zh-CN/operations.md', () => {
	const text = renderChineseOperations(catalogue);
	const rows = text.match(/^\| \[.+$/gm) ?? [];
	const row = (start: string) => rows.find((line) => line.startsWith(`| [${start}`)) ?? '';

	it('has a row for each operation, which leads to the English section', () => {
		const sections = renderOperations(catalogue, endpoints).match(/^### .+$/gm) ?? [];
		const anchors = rows.map((line) => /operations\.md#([^)]+)\)/.exec(line)?.[1]);
		expect(anchors).toEqual(
			sections.map((heading) =>
				heading.replace(/^### /, '').toLowerCase().replace(/:/g, '').replace(/ /g, '-'),
			),
		);
	});

	it("has Eyun's title and endpoint, and the parameters in Chinese with their values", () => {
		for (const { name, path, title } of all) {
			const found = rows.filter((line) => line.startsWith(`| [${name}](`));
			expect(
				found.some(
					(line) => line.includes(title.replace(/\|/g, '\\|')) && line.includes(`\`${path}\``),
				),
			).toBe(true);
		}
		expect(row('Sticky on Top')).toContain('`operType` 置顶（`0` 取消，`1` 置顶）');
		expect(row('Get Image')).toContain('`type` 图片质量（可选，`0` 常规图片，`1` 高清图）');
		expect(row('Set Callback Address')).toContain('（`1` 原生版，`2` 优化版）');
		expect(row('Get QR Code](../operations.md#login')).toContain('`proxy` 线路地区、');
		expect(text).not.toContain('`wId` 微信账号');
		expect(row('Wait for Login')).toContain('`wId` 登录实例标识 wId');
	});

	it('marks what only reads, is paged, counts as sent, is a tool, and takes several steps', () => {
		expect(row('Send Text')).toMatch(/\| 限；AI 工具 \|$/);
		expect(row('Get Many](../operations.md#moment')).toMatch(/\| 只读；分页；AI 工具 \|$/);
		expect(row('Reply')).toContain('| 回复消息 | 几步 |');
		expect(row('Call Any Endpoint')).toContain('| 调用任意接口 | 任意 |');
		expect(row('Revoke')).not.toContain('限');
	});
});

describe('docs/zh-CN/performance.md', () => {
	const page = (tables: string) =>
		`# 性能\n<!-- bench: begin, x -->\n${tables}<!-- bench: end -->\n`;
	const english = (...lines: string[]) => page(lines.map((line) => `${line}\n`).join(''));

	it('has the tables of the English page, with its numbers', () => {
		const tables = english(
			'### Bars',
			'',
			'|  | Time | Bar |',
			'| --- | --- | --- |',
			'| Slack | 1.20 s to 2.00 s | at least 0.5 |',
			'| Telegram | 3.1 ms |  |',
		);
		expect(renderChinesePerformance(page('old\n'), tables)).toBe(
			english(
				'### 目标',
				'',
				'|  | 时间 | 目标 |',
				'| --- | --- | --- |',
				'| Slack | 1.20 s 到 2.00 s | 最少 0.5 |',
				'| Telegram | 3.1 ms |  |',
			),
		);
	});

	it('stops at words that have no Chinese, and without a place for the tables', () => {
		expect(() => renderChinesePerformance(page(''), english('| A new row |'))).toThrow(
			'no Chinese for: A new row',
		);
		expect(() => renderChinesePerformance(page(''), english('Something else.'))).toThrow(
			'no Chinese for: Something else.',
		);
		expect(() => renderChinesePerformance('# 性能', page(''))).toThrow('bench: end');
	});
});
