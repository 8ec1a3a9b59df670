/** The documents that are derived, in one place for the script that writes them and the test that checks them. */
import { catalogue } from '../../nodes/Eyun/catalogue';
import { operations } from '../../spec/endpoints.cts';
import { renderChineseOperations } from './chineseOperationsDoc.cts';
import { renderOperations } from './operationsDoc.cts';
import { renderChineseTriggerDoc, renderTriggerDoc } from './triggerDoc.cts';

/** One derived document. */
export interface DerivedDocument {
	/** Below the repository's root, with forward slashes. */
	path: string;
	/** What it must say. `present` is what the file says now, for those of which only a part is derived. */
	render(present: string): string;
}

export const derivedDocuments: readonly DerivedDocument[] = [
	{ path: 'docs/operations.md', render: () => renderOperations(catalogue, operations) },
	{ path: 'docs/trigger.md', render: renderTriggerDoc },
	{ path: 'docs/zh-CN/operations.md', render: () => renderChineseOperations(catalogue) },
	{ path: 'docs/zh-CN/trigger.md', render: renderChineseTriggerDoc },
];
