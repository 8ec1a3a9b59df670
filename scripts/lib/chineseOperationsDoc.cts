/**
 * docs/zh-CN/operations.md: the operations in Chinese, by the words of Eyun's pages and of the editor, each with a
 * link to its section of docs/operations.md. Types, notes and answers stand there only.
 */
import type { Field, Operation, Resource } from '../../nodes/Eyun/catalogue/types';
import { compounds } from '../../nodes/Eyun/compound/description';
import { chineseLabel } from '../../nodes/Eyun/description/chineseLabels';
import type { CompoundDescription } from '../../nodes/Eyun/description/compound';
import { endpointOf } from '../../spec/endpoints.cts';
import { isOfEarlierVersion } from './compoundDoc.cts';
import { anchor, code, table } from './markdown.cts';
import { compoundsOf, operationHeading, type Named } from './operationsDoc.cts';

const INTRODUCTION = `# 操作

节点 Eyun WeChat 的全部操作，按资源排列。[English](../operations.md)。本页由 \`npm run docs\` 从代码和 Eyun 的文档得出。

怎样看：

- **操作**是编辑器里的英文名，链接到英文页上的一节，那里有每个参数的类型、允许的值、文件的限制和返回的内容。
- **中文**是编辑器里名字后面的中文，在列表里输入它就能筛选（*Get Many* 的中文在描述里）；Eyun 的文档叫法不同时，
  写在括号里。
- **接口**是 Eyun 的地址。“几步”表示这个操作把几次请求、下载或等待合成一步。
- **参数**前面是表达式和导出的工作流里用的名字，后面是它的含义和值；“可选”的在 Additional Fields 里。没有列出几乎每个操作都有的
  \`wId\`，也就是 [WeChat Account](guide.md#填微信号不填登录实例)；“几步”的参数没有中文叫法时，写编辑器里的英文。
- **只读**：不改变任何内容，没有收到应答时会再请求，最多两次。其余的，只有肯定没有执行过才会再发。
- **分页**：有 [Return All、Limit 和 Single Page](guide.md#return-alllimit-和-single-page)。
- **限**：计入凭证里的[发送限制](limits.md#发送限制)。“几步”的操作按它发出的请求计算。
- **AI 工具**：可以直接作为 [AI Agent 的工具](ai-agents.md#节点作为工具)。其余的不适合：涉及登录、设置或文件，不该由模型决定；会打扰
  陌生人或所有人；需要只有回调里才有的内容（XML、密钥）；或者别的工具更容易做到。您仍然可以在工具里选它们，自己填字段。`;

/** Whose parameter stands in almost every row, and is explained above the tables instead. */
const ACCOUNT = { name: 'wId', label: 'WeChat Account' };

/** More values than these would fill the cell: regions, of which the English page has all. */
const MOST_VALUES = 8;

/**
 * Renders the Chinese page of the operations.
 *
 * @param catalogue all resources
 * @returns Markdown; ends with a line break
 */
export function renderChineseOperations(catalogue: readonly Resource[]): string {
	const own = compounds.resources.map((resource) => ({ ...resource, operations: [] }));
	const sections = [...catalogue, ...own].map((resource) => {
		const rows = [
			...resource.operations.map((operation) => catalogueRow(resource, operation)),
			...compoundsOf(resource).map((operation) => compoundRow(resource, operation)),
		];
		return `## ${title(resource)}\n\n${table(['操作', '中文', '接口', '参数', '说明'], rows)}`;
	});
	const contents = [...catalogue, ...own]
		.map((resource) => `[${title(resource)}](#${anchor(title(resource))})`)
		.join('、');
	return `${[INTRODUCTION, `${contents}。`, ...sections].join('\n\n')}\n`;
}

function title({ chinese, name }: Named): string {
	return `${name}：${chinese}`;
}

function linked(resource: Named, name: string): string {
	return `[${name}](../operations.md#${anchor(operationHeading(resource, name))})`;
}

function catalogueRow(resource: Resource, operation: Operation): string[] {
	const { chinese, fields, name, path } = operation;
	return [
		linked(resource, name),
		chinese === undefined ? operation.title : `${chinese}（${operation.title}）`,
		code(path),
		fields
			.filter((field) => field.name !== ACCOUNT.name || field.label !== ACCOUNT.label)
			.map((field) => parameter(operation, field))
			.join('、'),
		remarks(operation),
	];
}

function compoundRow(resource: Named, operation: CompoundDescription): string[] {
	const { chinese, name, properties, reads, tool } = operation;
	const parameters = properties
		.filter((property) => !isOfEarlierVersion(property))
		.filter((property) => property.name !== ACCOUNT.name || property.displayName !== ACCOUNT.label)
		.map((property) => parameterName(property.name, property.displayName));
	return [
		linked(resource, name),
		chinese,
		compounds.resources.some(({ value }) => value === resource.value) ? '任意' : '几步',
		parameters.join('、'),
		[reads && '只读', tool && 'AI 工具'].filter(Boolean).join('；'),
	];
}

/** A parameter of an endpoint, with what Eyun and WeChat call it, and its values in their words. */
function parameter(operation: Operation, { label, name, optional }: Field): string {
	const notes = [...(optional ? ['可选'] : []), ...values(operation, name)];
	const inside = notes.length === 0 ? '' : `（${notes.join('，')}）`;
	return parameterName(name, label) + inside;
}

function parameterName(name: string, label: string): string {
	return `${code(name)} ${chineseLabel(label) ?? label}`;
}

/** The values that Eyun documents in Chinese; none where one of them has no Chinese. */
function values(operation: Operation, name: string): string[] {
	const documented = endpointOf(operation)?.params.find((param) => param.name === name)?.values;
	const all = Object.entries(documented ?? {}).map(
		// The remarks in parentheses are English, and stand in the English page.
		([value, meaning]) => ({ value, meaning: meaning.replace(/ \([^)]*\)$/, '') }),
	);
	const isChinese = all.every(({ meaning }) => /\p{Script=Han}/u.test(meaning));
	if (!isChinese || all.length > MOST_VALUES) return [];
	return all.map(({ meaning, value }) => `${code(value)} ${meaning}`);
}

function remarks({
	anonymous,
	batch,
	fields,
	paging,
	pause,
	picture,
	reads,
	sends,
	timeout,
	tool,
}: Operation): string {
	const most = fields.find(({ name }) => name === batch?.field)?.maxItems;
	return [
		reads && '只读',
		paging && '分页',
		sends && '限',
		tool && 'AI 工具',
		batch && `几个条目共用一次请求，最多 ${most} 个 ID`,
		pause && `Eyun 要求每次相隔 ${pause.min} 到 ${pause.max} 毫秒`,
		picture && '选项 Download Picture 把二维码存到二进制字段',
		timeout !== undefined && `最多等 ${timeout} 秒`,
		anonymous && '不需要令牌',
	]
		.filter(Boolean)
		.join('；');
}
