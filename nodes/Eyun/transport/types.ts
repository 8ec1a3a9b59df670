import type { Envelope } from './envelope';
import type { FailureFacts } from './failure';

/** What went wrong; `endpoint` is there when it was another than the one that was called for. */
export type Failure = Omit<FailureFacts, 'endpoint' | 'itemIndex'> & { endpoint?: string };

/** How a call ended. */
export type Outcome =
	| { envelope: Envelope }
	/** `refused` is there when the vendor itself answered no. */
	| { failure: Failure; mayTryAgain: boolean; refused?: Envelope };
