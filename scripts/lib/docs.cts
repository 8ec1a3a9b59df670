/** The documents that are derived, in one place for the script that writes them and the test that checks them. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalogue } from '../../nodes/Eyun/catalogue';
import { operations } from '../../spec/endpoints.cts';
import { renderChineseOperations } from './chineseOperationsDoc.cts';
import { renderChinesePerformance } from './chinesePerformanceDoc.cts';
import { renderOperations } from './operationsDoc.cts';
import { renderChineseTriggerDoc, renderTriggerDoc } from './triggerDoc.cts';

/** One derived document. */
export interface DerivedDocument {
	/** Below the repository's root, with forward slashes. */
	path: string;
	/** What it must say. `present` is what the file says now, for those of which only a part is derived. */
	render(present: string): string;
}

/** A document that others are derived from, by its path from the root. */
function textOf(path: string): string {
	return readFileSync(join(resolve(__dirname, '..', '..'), path), 'utf8');
}

export const derivedDocuments: readonly DerivedDocument[] = [
	{ path: 'docs/operations.md', render: () => renderOperations(catalogue, operations) },
	{ path: 'docs/trigger.md', render: renderTriggerDoc },
	{ path: 'docs/zh-CN/operations.md', render: () => renderChineseOperations(catalogue) },
	{
		path: 'docs/zh-CN/performance.md',
		render: (present) => renderChinesePerformance(present, textOf('docs/performance.md')),
	},
	{ path: 'docs/zh-CN/trigger.md', render: renderChineseTriggerDoc },
];
