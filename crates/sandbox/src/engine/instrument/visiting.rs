//! What is told of each kind of statement and expression.

use oxc_allocator::Vec as ArenaVec;
use oxc_ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, AssignmentExpression, AwaitExpression, BindingPattern, CatchClause,
    DoWhileStatement, ForInStatement, ForOfStatement, ForStatement, Function, IfStatement, LabeledStatement,
    MemberExpression, MethodDefinition, ObjectProperty, PropertyDefinition, ReturnStatement, Statement, StaticBlock,
    ThrowStatement, TryStatement, VariableDeclarator, WhileStatement, WithStatement, YieldExpression,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::GetSpan as _;
use oxc_syntax::scope::{ScopeFlags, ScopeId};

use super::Instrumenter;

impl<'a> Visit<'a> for Instrumenter<'_> {
    fn enter_scope(&mut self, _: ScopeFlags, scope: &std::cell::Cell<Option<ScopeId>>) {
        self.scopes.push(scope.get().expect("the semantic pass gave each scope its number"));
    }

    fn leave_scope(&mut self) {
        self.scopes.pop();
    }

    fn visit_statements(&mut self, statements: &ArenaVec<'a, Statement<'a>>) {
        for statement in statements {
            self.insert_statement_step("", statement);
            self.visit_statement(statement);
        }
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        let given = self.name.take();
        let name = function.id.as_ref().map(|id| id.name.to_string()).or(given);
        self.enter_scope(flags, &function.scope_id);
        self.visit_callable(function.span, name, &function.params, |this, begin| {
            if let Some(body) = &function.body {
                this.visit_body(body, begin);
            }
        });
        self.leave_scope();
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        let name = self.name.take();
        self.enter_scope(ScopeFlags::Arrow, &arrow.scope_id);
        self.visit_callable(arrow.span, name, &arrow.params, |this, begin| match &arrow.body {
            ArrowFunctionBody::FunctionBody(body) => this.visit_body(body, begin),
            body => {
                let expression = body.as_expression().expect("a body is a block or an expression");
                let span = expression.span();
                this.insert(span.start, format!("{{{}return ", begin(this)));
                this.pass_through('r', span.start, expression);
                this.insert(span.end, "}".to_owned());
            }
        });
        self.leave_scope();
    }

    fn visit_static_block(&mut self, block: &StaticBlock<'a>) {
        self.outside_of_frame(|this| walk::walk_static_block(this, block));
    }

    fn visit_property_definition(&mut self, field: &PropertyDefinition<'a>) {
        self.visit_property_key(&field.key);
        if let Some(value) = &field.value {
            self.outside_of_frame(|this| this.visit_named(field.key.name().map(String::from), value));
        }
    }

    fn visit_method_definition(&mut self, method: &MethodDefinition<'a>) {
        self.visit_property_key(&method.key);
        self.name = method.key.name().map(String::from);
        self.visit_function(&method.value, ScopeFlags::Function);
    }

    fn visit_object_property(&mut self, property: &ObjectProperty<'a>) {
        self.visit_property_key(&property.key);
        self.visit_named(property.key.name().map(String::from), &property.value);
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        self.visit_binding_pattern(&declarator.id);
        if let Some(value) = &declarator.init {
            self.visit_named(declarator.id.get_identifier_name().map(String::from), value);
        }
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        self.visit_assignment_target(&assignment.left);
        let target = assignment.left.as_simple_assignment_target();
        let name = target.and_then(|target| {
            let member = target.as_member_expression().and_then(MemberExpression::static_property_name);
            member.or_else(|| target.get_identifier_name()).map(str::to_owned)
        });
        self.visit_named(name, &assignment.right);
    }

    fn visit_if_statement(&mut self, statement: &IfStatement<'a>) {
        self.visit_expression(&statement.test);
        self.visit_nested(&statement.consequent);
        if let Some(alternate) = &statement.alternate {
            self.visit_nested(alternate);
        }
    }

    fn visit_labeled_statement(&mut self, statement: &LabeledStatement<'a>) {
        // The step stands before the label, which has to keep its loop.
        self.visit_statement(&statement.body);
    }

    fn visit_with_statement(&mut self, statement: &WithStatement<'a>) {
        self.visit_expression(&statement.object);
        self.enter_scope(ScopeFlags::With, &statement.scope_id);
        self.visit_nested(&statement.body);
        self.leave_scope();
    }

    fn visit_while_statement(&mut self, statement: &WhileStatement<'a>) {
        self.insert_step('l', "", statement.span.start, ",", statement.test.span().start);
        self.visit_expression(&statement.test);
        self.visit_nested(&statement.body);
    }

    fn visit_do_while_statement(&mut self, statement: &DoWhileStatement<'a>) {
        self.visit_nested(&statement.body);
        let test = statement.test.span().start;
        self.insert_step('l', "", test, ",", test);
        self.visit_expression(&statement.test);
    }

    fn visit_for_statement(&mut self, statement: &ForStatement<'a>) {
        let told = statement.span.start;
        self.enter_scope(ScopeFlags::empty(), &statement.scope_id);
        if let Some(init) = &statement.init {
            self.visit_for_statement_init(init);
        }
        if let Some(test) = &statement.test {
            self.insert_step('i', "", told, ",", test.span().start);
            self.visit_expression(test);
        }
        if let Some(update) = &statement.update {
            self.visit_expression(update);
        }
        if statement.test.is_some() {
            self.visit_nested(&statement.body);
        } else {
            self.visit_iterated(told, &statement.body);
        }
        self.leave_scope();
    }

    fn visit_for_of_statement(&mut self, statement: &ForOfStatement<'a>) {
        self.enter_scope(ScopeFlags::empty(), &statement.scope_id);
        self.visit_for_statement_left(&statement.left);
        self.visit_expression(&statement.right);
        self.visit_iterated(statement.span.start, &statement.body);
        self.leave_scope();
    }

    fn visit_for_in_statement(&mut self, statement: &ForInStatement<'a>) {
        self.enter_scope(ScopeFlags::empty(), &statement.scope_id);
        self.visit_for_statement_left(&statement.left);
        self.visit_expression(&statement.right);
        self.visit_iterated(statement.span.start, &statement.body);
        self.leave_scope();
    }

    fn visit_try_statement(&mut self, statement: &TryStatement<'a>) {
        let count = |this: &mut Self, change: isize| {
            if let (Some(frame), Some(_)) = (&mut this.frame, &statement.finalizer) {
                frame.finalizers = frame.finalizers.saturating_add_signed(change);
            }
        };
        count(self, 1);
        self.visit_block_statement(&statement.block);
        match &statement.handler {
            Some(handler) => self.visit_catch_clause(handler),
            None if self.frame.is_some() => {
                self.insert(statement.block.span.end, format!("catch({0}e){{throw {0}.x({0}f,{0}e)}}", self.tracer));
            }
            None => {}
        }
        count(self, -1);
        if let Some(finalizer) = &statement.finalizer {
            self.visit_block_statement(finalizer);
            if self.frame.as_ref().is_some_and(|frame| frame.finalizers == 0) {
                self.insert(finalizer.span.end - 1, format!(";{0}.z({0}f)", self.tracer));
            }
        }
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause<'a>) {
        let tracer = self.tracer;
        let body = clause.body.span;
        let pattern = clause.param.as_ref().map(|parameter| &parameter.pattern);
        let name = pattern.and_then(BindingPattern::get_identifier_name);
        self.enter_scope(ScopeFlags::CatchClause, &clause.scope_id);
        if self.frame.is_none() {
            walk::walk_catch_clause(self, clause);
        } else if let Some(name) = name {
            self.insert(body.start + 1, format!("{tracer}.c({tracer}f,{name});"));
            self.visit_block_statement(&clause.body);
        } else if let Some(pattern) = pattern {
            // What is caught needs a name: the parentheses of the pattern become those of an `if`.
            let span = pattern.span();
            self.insert(span.start, format!("{tracer}e){{{tracer}.c({tracer}f,{tracer}e);let "));
            self.visit_binding_pattern(pattern);
            self.insert(span.end, format!("={tracer}e;if(1"));
            self.visit_block_statement(&clause.body);
            self.insert(body.end, "}".to_owned());
        } else {
            self.insert(body.start, format!("({tracer}e)"));
            self.insert(body.start + 1, format!("{tracer}.c({tracer}f,{tracer}e);"));
            self.visit_block_statement(&clause.body);
        }
        self.leave_scope();
    }

    fn visit_return_statement(&mut self, statement: &ReturnStatement<'a>) {
        let waits = self.frame.as_ref().is_some_and(|frame| frame.finalizers > 0);
        self.pass_argument(if waits { 'd' } else { 'r' }, statement.span, "return", statement.argument.as_ref());
    }

    fn visit_throw_statement(&mut self, statement: &ThrowStatement<'a>) {
        self.pass_through('t', statement.span.start, &statement.argument);
    }

    fn visit_yield_expression(&mut self, expression: &YieldExpression<'a>) {
        match &expression.argument {
            Some(argument) if expression.delegate => self.visit_expression(argument),
            argument => self.pass_argument('r', expression.span, "yield", argument.as_ref()),
        }
    }

    fn visit_await_expression(&mut self, expression: &AwaitExpression<'a>) {
        self.pass_through('r', expression.span.start, &expression.argument);
    }
}
