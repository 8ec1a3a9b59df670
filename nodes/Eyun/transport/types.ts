import type {
	IAllExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { Envelope } from './envelope';
import type { FailureFacts } from './failure';

/** Whatever n8n context may talk to the vendor: an execution, an activation, a list search. */
export type VendorContext =
	| IAllExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** One request to the vendor. */
export interface VendorCall {
	/** The vendor's path, for example `/sendText`. */
	path: string;
	/**
	 * Members of the JSON body; a bigint goes out as a bare integer, an `Account` in the place of
	 * `wId` as the account's present instance ID.
	 */
	body: Record<string, unknown>;
	/** The answer's `data` when an `Account` is not online, where that is an answer and no failure. */
	whenOffline?: Record<string, unknown>;
	/** True when the endpoint changes nothing, so that asking again does no harm. */
	reads: boolean;
	/** True when it puts something before other people, so that the limits for sending count it. */
	sends?: boolean;
	/** For what `sends`: called when its turn has come, right before it is sent. What it throws prevents that. */
	beforeSend?(): Promise<void>;
	/** Milliseconds; 30,000 unless the endpoint is slow. */
	timeoutMs?: number;
	/** False for `/member/login` only, which takes no token. */
	authenticated?: boolean;
	/** Codes besides "1000" that are no failure; the caller looks at `code` then. */
	alsoSuccess?: readonly string[];
	/** Values in the body that must never be shown, such as a proxy password. */
	secrets?: readonly string[];
	/** The input item the call is made for, counted from 0. */
	itemIndex?: number;
}

/** What went wrong; `endpoint` is there when it was another than the one that was called for. */
export type Failure = Omit<FailureFacts, 'endpoint' | 'itemIndex'> & { endpoint?: string };

/** How a call ended. */
export type Outcome =
	| { envelope: Envelope }
	| {
			failure: Failure;
			/** Asking again can do no harm, and may help. */
			mayTryAgain: boolean;
			/** The vendor itself said no, and did nothing. */
			refused?: Envelope;
			/** It said no because of the token. */
			tokenRefused?: true;
	  };

/** A WeChat account and the login it has at the moment. */
export interface OnlineAccount {
	wcId: string;
	wId: string;
}

/** The accounts that are online, or why they could not be asked for. */
export type AccountsAnswer = OnlineAccount[] | { failure: Failure };

/** A question which accounts are online. */
export interface OnlineLookUp {
	/** When it was asked for, on the process's steady clock. */
	startedMs: number;
	answer: Promise<AccountsAnswer>;
}

/** A question why an account went offline. */
export interface AskedReason {
	/** Unix time in milliseconds. */
	atMs: number;
	/** The vendor's text; undefined when it gave none. */
	reason: Promise<string | undefined>;
}
