/** The two asynchronous video jobs: they run for a while, then are done (or failed) and push that. */
import { jobId } from './ids.cts';
import type { JsonObject } from './json.cts';
import type { Simulation } from './simulation.cts';
import type { Hosted, Job } from './world-types.cts';

/** Code of the push that ends a job (spec/FACTS.md: messageType table). */
const END_PUSH = { msgVideo: '30002', snsVideo: '30003' } as const;

/** What a job does when it ends well: gives back the fields of its answer. */
type Finish = () => JsonObject;

const finishes = new WeakMap<Job, Finish>();

/** Starts a job; it ends by itself after the time of the options, or by finishJob. */
export function startJob(sim: Simulation, me: Hosted, kind: Job['kind'], finish: Finish): Job {
	const wId = sim.world.onlineInstance(me.wcId)?.wId ?? '';
	const job: Job = {
		id: jobId(),
		kind,
		account: me.account,
		wcId: me.wcId,
		wId,
		type: 0,
		des: null,
		result: {},
	};
	finishes.set(job, finish);
	const { world } = sim;
	world.jobs.set(job.id, job);
	sim.timers.later(sim.options.jobMs, () => {
		// A reset in between made another world, in which this job never was.
		if (sim.world === world) void finishJob(sim, job);
	});
	return job;
}

/** Ends a running job and pushes 30002 or 30003. A job that has ended stays as it is. */
export async function finishJob(sim: Simulation, job: Job, failure?: string): Promise<void> {
	if (job.type !== 0) return;
	if (failure === undefined) {
		job.result = finishes.get(job)?.() ?? {};
		job.type = 1;
	} else {
		job.des = failure;
		job.type = 2;
	}
	const me = sim.world.hosted.get(job.wcId);
	if (me) await sim.pushEvent(me, END_PUSH[job.kind], jobAnswer(job));
}

/** What the result call and the push say about a job: 0 running, 1 done, 2 failed. */
export function jobAnswer(job: Job): JsonObject {
	const state = { type: job.type, des: job.des };
	if (job.kind === 'msgVideo') return { url: null, ...job.result, ...state, id: job.id };
	return {
		asynId: job.id,
		id: null,
		userName: null,
		createTime: null,
		objectDesc: null,
		...job.result,
		...state,
	};
}
