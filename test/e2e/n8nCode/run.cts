/**
 * Pieces of n8n's own code on which this package relies, called directly: what the stand-ins in
 * test/support imitate, and what a test from outside would need a broken database for. Runs in the
 * Node of n8n, started by contract.cts with the path of n8n's script; prints a line of JSON for each
 * check. docs/n8n-contract.md says what each is about.
 */
import { activationChecks } from './activation.cts';
import { emitChecks } from './emit.cts';
import { executionChecks } from './executions.cts';
import { placeChecks } from './pages.cts';
import { webhookChecks } from './webhooks.cts';

async function main(): Promise<void> {
	await placeChecks();
	await emitChecks();
	await webhookChecks();
	await activationChecks();
	await executionChecks();
	process.exit(0);
}
void main();
