import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../common/records';
import { waitForJob } from '../execution/calls/job';
import { ask, readRequest } from '../execution/calls/vendorOperation';
import { timeLimitMs } from './timeLimit';
import { operationOf } from '../catalogue';
import { POST_VIDEO } from './description/postVideoAndWait';

/** A video on Moments in one step, which the vendor does in two. See `CompoundRun`. */
export async function runPostVideoAndWait(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const limit = timeLimitMs(context, itemIndex);
	const request = await readRequest(context, POST_VIDEO, itemIndex);
	// The one call that changes something; all that follows only asks about it.
	const { data } = await ask(context, POST_VIDEO, request, request.body);
	const outcome = await waitForJob(context, {
		question: operationOf('moment', 'getVideoPost'),
		id: { asynId: isRecord(data) ? data.asynId : undefined },
		what: 'The video moment',
		changes: true,
		limit,
		itemIndex,
	});
	return [{ json: outcome as IDataObject }];
}
