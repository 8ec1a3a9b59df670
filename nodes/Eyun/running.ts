/**
 * What the nodes need when they run. n8n waits for the nodes when it starts, but not for this half of the
 * package: the node files load it when it is first asked for (`later.ts`).
 */
export { compoundOperations, compoundsIn } from './compound';
export { resolveNames } from './compound/people/names/resolve';
export { answerQuestion } from './compound/sendAndWait/webhook';
export { runOperation } from './execution/run';
export { listSearch } from './search';
export { loadOptions } from './search/options';
export { register } from './trigger/address/register';
export { executeTrigger } from './trigger/execution/execute';
export { deactivate } from './trigger/questions/deactivate';
export { THIS_PROCESS } from './trigger/state/triggerState';
export { watch } from './trigger/watchdog/watch';
export { receive } from './trigger/webhook/receive';
