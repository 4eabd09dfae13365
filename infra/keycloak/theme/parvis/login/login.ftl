<#import "template.ftl" as layout>
<#import "passkeys.ftl" as passkeys>
<#assign wrong = messagesPerField.existsError("username", "password")>
<@layout.registrationLayout displayMessage=!wrong; section>
<#if section == "header">${msg("loginAccountTitle")}
<#elseif section == "form">
<p>${msg("parvisPromise")}</p>
<#if realm.password>
<form id="kc-form-login" action="${url.loginAction}" method="post">
<#if !usernameHidden??>
<div class="field"><label for="username">${msg("usernameOrEmail")}</label>
<input class="input" id="username" name="username" type="text" dir="auto" value="${login.username!''}" autocomplete="username${enableWebAuthnConditionalUI?has_content?then(' webauthn', '')}" autocapitalize="none" spellcheck="false" required autofocus<#if wrong> aria-invalid="true" aria-describedby="input-error"</#if>></div>
</#if>
<div class="field"><label for="password">${msg("password")}</label>
<input class="input" id="password" name="password" type="password" autocomplete="current-password" required<#if wrong> aria-invalid="true" aria-describedby="input-error"</#if>>
<#if wrong><span class="err" id="input-error" role="alert">${kcSanitize(messagesPerField.getFirstError("username", "password"))?no_esc}</span></#if></div>
<#if realm.rememberMe && !usernameHidden??>
<label><input id="rememberMe" name="rememberMe" type="checkbox"<#if login.rememberMe??> checked</#if>> ${msg("rememberMe")}</label>
</#if>
<input type="hidden" id="id-hidden-input" name="credentialId" value="${(auth.selectedCredential)!''}">
<button class="btn main-act big" id="kc-login" name="login" type="submit">${msg("doLogIn")}</button>
<#if realm.resetPasswordAllowed><a href="${url.loginResetCredentialsUrl}">${msg("doForgotPassword")}</a></#if>
</form>
</#if>
<#-- After a failed passkey this page comes back without the data for another: then the password is the way in. -->
<#if isUserIdentified??><@passkeys.conditionalUIData /></#if>
<#elseif section == "socialProviders">
<#if realm.password && social?? && social.providers?has_content>
<div class="field" id="kc-social-providers">
<#list social.providers as one><a class="btn" id="social-${one.alias}" href="${one.loginUrl}">${one.displayName!one.alias}</a></#list>
</div>
</#if>
</#if>
</@layout.registrationLayout>
