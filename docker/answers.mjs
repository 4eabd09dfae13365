/** Exit code 0 when the address answers well: `node docker/answers.mjs http://127.0.0.1:4000/health/ready`. */
const answerMsMax = 2_500;
const [url] = process.argv.slice(2);
const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(answerMsMax) }).catch(
  () => null,
);
process.exit(answer !== null && answer.status < 400 ? 0 : 1);
