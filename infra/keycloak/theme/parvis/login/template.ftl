<#-- The frame of every page of the door; the base theme's pages fill it. The stand-in's page.ts makes the same structure. -->
<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<#assign attempted = auth?has_content && auth.showUsername() && !auth.showResetCredentials()>
<!doctype html>
<html class="keycloak" lang="${lang}" dir="${(locale.rtl)?then('rtl', 'ltr')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${msg("parvisTitle")}</title>
<link rel="icon" href="${url.resourcesPath}/img/favicon.svg">
<link rel="stylesheet" href="${url.resourcesPath}/css/sign-in.css?v=${properties.parvisLook!}">
<script type="importmap">{ "imports": { "rfc4648": "${url.resourcesCommonPath}/vendor/rfc4648/rfc4648.js" } }</script>
<#list (scripts![]) as script><script src="${script}"></script></#list>
<script type="module">
<#outputformat "JavaScript">
import { checkAuthSession, startSessionPolling } from ${(url.resourcesPath + "/js/authChecker.js")?c};
startSessionPolling(${url.ssoLoginInOtherTabsUrl?c});
<#if authenticationSession??>checkAuthSession(${authenticationSession.authSessionIdHash?c});</#if>
</#outputformat>
</script>
</head>
<body class="${bodyClass}" data-page-id="login-${pageId}">
<a class="skip" href="#main">${msg("parvisSkip")}</a>
<div class="door">
<div class="room">
<header class="top">
<svg class="mark" viewBox="0 0 28 28" aria-hidden="true"><path d="M8 15v-4.500a6 6 0 0 1 12 0V15"/><path d="M3 18.500h22"/><path d="M14 22v3M8.500 22 6.500 25M19.500 22l2 3"/></svg>
<span>Parvis</span>
<#if realm.internationalizationEnabled && locale.supported?size gt 1>
<nav class="seg" aria-label="${msg("languages")}">
<#list locale.supported?sort_by("languageTag")?reverse as one>
<a href="${one.url}" lang="${one.languageTag}" hreflang="${one.languageTag}"<#if one.languageTag == locale.currentLanguageTag> aria-current="true"</#if>>${msg("parvisLanguage_" + one.languageTag)}</a>
</#list>
</nav>
</#if>
</header>
<main id="main" class="in">
<h1><#nested "header"></h1>
<#if attempted>
<#nested "show-username">
<p class="attempted" id="kc-username"><bdi id="kc-attempted-username">${auth.attemptedUsername}</bdi> <a id="reset-login" href="${url.loginRestartFlowUrl}">${msg("restartLoginTooltip")}</a></p>
</#if>
<#if displayMessage && message?has_content && (message.type != "warning" || !isAppInitiatedAction??)>
<div class="${(message.type == "error")?then("err", "notice")}" role="alert">${kcSanitize(message.summary)?no_esc}</div>
</#if>
<#nested "form">
<#if auth?has_content && auth.showTryAnotherWayLink()>
<form id="kc-select-try-another-way-form" action="${url.loginAction}" method="post">
<input type="hidden" name="tryAnotherWay" value="on">
<button class="btn" id="try-another-way" type="submit">${msg("doTryAnotherWay")}</button>
</form>
</#if>
<#nested "socialProviders">
<#if displayInfo><div id="kc-info"><#nested "info"></div></#if>
</main>
<footer class="foot"><span class="ok"><svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 13c0 5-3.500 7.500-7.660 8.950a1 1 0 0 1-.670-.010C7.500 20.500 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.500-1.200 6.240-2.720a1.170 1.170 0 0 1 1.520 0C14.510 3.810 17 5 19 5a1 1 0 0 1 1 1z"/><path d="m9 12 2 2 4-4"/></svg>${msg("parvisKept")}</span></footer>
</div>
<div class="floor" aria-hidden="true"></div>
</div>
</body>
</html>
</#macro>
