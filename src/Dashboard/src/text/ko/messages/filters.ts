import type { MessageArguments, Messages } from '../../messageArguments';

const kinds: Readonly<Record<string, string>> = { number: '숫자', boolean: 'true 또는 false', time: '날짜' };
const found = (args: MessageArguments): string =>
  args.plain('found') === '' ? '식이 끝났습니다' : `‘${args.plain('found')}’이(가) 있습니다`;

/** Mistakes in a filter expression, by code. */
export const filters: Messages = {
  unexpected_character: (args) =>
    `‘${args.plain('found')}’은(는) 여기서 쓸 수 없습니다. 특수 문자가 있는 값은 따옴표로 묶으세요.`,
  open_quotation: () => '따옴표가 닫히지 않았습니다.',
  field_expected: (args) => `필드가 와야 하는데 ${found(args)}. 예: accuracy > 0.9`,
  unknown_field: (args) =>
    `‘${args.plain('found')}’ 필드가 없습니다.${args.has('meant') ? ` 혹시 ‘${args.plain('meant')}’인가요?` : ''}`,
  operator_expected: (args) => `‘${args.plain('field')}’ 뒤에 =, !=, > 같은 연산자가 와야 하는데 ${found(args)}.`,
  wrong_operator: (args) =>
    `‘${args.plain('field')}’에는 ‘${args.plain('found')}’을(를) 쓸 수 없습니다. 사용 가능: ${args.plain('allowed').replace(' or ', ', ')}`,
  value_expected: (args) => `값이 와야 하는데 ${found(args)}.`,
  wrong_value: (args) =>
    `‘${args.plain('field')}’은(는) ${kinds[args.plain('kind')] ?? args.plain('kind')}와(과) 비교합니다. ${found(args)}.`,
  open_parenthesis: () => '괄호가 닫히지 않았습니다.',
  end_expected: (args) => `and, or 또는 식의 끝이 와야 하는데 ${found(args)}.`,
  too_long: (args) => `비교는 ${args.integer('maximum')}개까지 쓸 수 있습니다.`,
  too_deep: (args) => `괄호와 not은 ${args.integer('maximum')}단계까지 중첩할 수 있습니다.`,
};
