import { Visitor } from '@swc/core/Visitor.js';

/*
 * Preloaded into dependency-cruiser. swc parses `using` declarations, but the visitor it ships, and with which
 * dependency-cruiser reads imports, stops at them (swc 1.16). To whom looks for imports they are variables.
 */
const { visitStatement } = Visitor.prototype;

/** @param {any} statement swc's declarations do not know `using` either */
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  const { span, decls: declarations } = statement;
  return this.visitVariableDeclaration({
    type: 'VariableDeclaration',
    span,
    kind: 'const',
    declare: false,
    declarations,
  });
};
