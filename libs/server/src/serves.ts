import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import { type Operation, pathParameters, type Who } from '@parvis/contract/operation';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Caller } from './caller.ts';
import { Refused } from './refused.ts';

export const whoKey = 'parvis:who';
export const operationKey = 'parvis:operation';

/** A request that the guard has looked at. */
export type HouseRequest = FastifyRequest & { caller?: Caller };

type Handler<O extends Operation> = (
  ...given: never[]
) => Promise<z.input<O['output']>> | z.input<O['output']>;

/**
 * Serves an operation of the contract: path, verb, who may call it and the shape of the answer come from it.
 * A handler that returns another shape does not compile.
 */
export function Serves<O extends Operation>(op: O) {
  const apply = applyDecorators(
    RequestMapping({ path: op.path, method: RequestMethod[op.verb] }),
    HttpCode(200),
    SetMetadata(operationKey, op),
    SetMetadata(whoKey, op.who),
  );
  return <T extends Handler<O>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T>,
  ) => apply(target, key, descriptor);
}

/** Names who may call a route that is not an operation of the contract (redirects, tus, webhooks), and why. */
export function For(who: Who, why: string): MethodDecorator {
  if (why.length === 0) throw new Error('a route outside the contract says why');
  return SetMetadata(whoKey, who);
}

function fieldsOf(error: z.ZodError): { path: string; code: string }[] {
  return error.issues.map((issue) => ({
    path: issue.path.join('.'),
    code: /^[a-z][a-z-]*$/.test(issue.message) ? issue.message : 'invalid',
  }));
}

/**
 * Checks a request against an operation's input: query or body, with the path last so that nothing overrides it.
 * @throws Refused `bad-input` with one code per field, `wrong-content-type`.
 */
export function inputOf<O extends Operation>(op: O, request: FastifyRequest): z.output<O['input']> {
  const params = request.params as Record<string, unknown>;
  const fromPath = Object.fromEntries(pathParameters(op.path).map((name) => [name, params[name]]));
  const bodiless = op.verb === 'GET' || op.verb === 'DELETE';
  const given = bodiless ? request.query : request.body;
  const type = request.headers['content-type'];
  if (!bodiless && type !== undefined && !/^application\/json\s*(;|$)/i.test(type))
    throw new Refused(415, 'wrong-content-type');
  if (given !== undefined && given !== null && (typeof given !== 'object' || Array.isArray(given)))
    throw Refused.badInput();
  const parsed = op.input.safeParse({ ...(given as object | undefined), ...fromPath });
  if (parsed.success) return parsed.data as z.output<O['input']>;
  // A malformed id in the path names nothing: the same answer as for what does not exist.
  const fields = fieldsOf(parsed.error);
  if (fields.length > 0 && fields.every((field) => field.path in fromPath)) throw Refused.notFound();
  throw Refused.badInput(fields);
}

/** The checked input of the operation. */
export const Input = createParamDecorator((op: Operation, context: ExecutionContext) =>
  inputOf(op, context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The person who asks. On a route for `anyone` use {@link MaybeCaller}. */
export const Asks = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = context.switchToHttp().getRequest<HouseRequest>().caller;
  if (!caller) throw Refused.noSession();
  return caller;
});

/** The person who asks, or null. */
export const MaybeCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller | null =>
    context.switchToHttp().getRequest<HouseRequest>().caller ?? null,
);
